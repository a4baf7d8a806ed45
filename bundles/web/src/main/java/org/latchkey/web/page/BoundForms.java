package org.latchkey.web.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.api.http.Cookie;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;

/** Forms that only the browser can post that they were shown to: their tokens are bound to a cookie of it. */
final class BoundForms {

    private static final String BROWSER = "latchkey-form";

    private final FormTokens tokens;

    BoundForms(FormTokens tokens) {
        this.tokens = tokens;
    }

    /** The page made of a new token, with the cookie if the browser has none yet. */
    Response withToken(Request request, Function<String, Response> page) {
        Optional<String> known = request.cookie(BROWSER);
        String browser = known.orElseGet(() -> FormTokens.random(16));
        Response answer = page.apply(tokens.next(browser));
        return known.isPresent() ? answer : answer.withCookie(Cookie.of(BROWSER, browser));
    }

    /** Uses the token up. */
    boolean isGenuine(Request request, Map<String, List<String>> form) {
        Optional<String> token = only(form, "token");
        return token.isPresent()
                && request.cookie(BROWSER)
                        .filter(browser -> tokens.use(token.get(), browser))
                        .isPresent();
    }

    /** A field that was sent exactly once. */
    static Optional<String> only(Map<String, List<String>> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
