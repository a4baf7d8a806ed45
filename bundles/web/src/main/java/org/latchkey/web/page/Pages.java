package org.latchkey.web.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Theme;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes pages of templates: of the theme that was asked for, of those that are for all, at last of the server's own.
 * A theme that fails is passed over, so that nobody is kept from signing in by a page.
 */
final class Pages {

    /** The name of the server's own theme. */
    static final String BUILT_IN = "latchkey";

    private static final Logger log = LoggerFactory.getLogger(Pages.class);

    /** Language tags (RFC 5646) with a blank between. */
    private static final Pattern LOCALES = Pattern.compile("[A-Za-z0-9-]{1,35}(?: [A-Za-z0-9-]{1,35}){0,9}");

    private final Extensions<Theme> themes;
    private final Templates templates = new Templates();
    private final Texts texts = new Texts();

    Pages(ExtensionPoints points) {
        this.themes = points.of(Theme.class);
    }

    /**
     * @param page such as {@code login}
     * @param theme the theme asked for, or empty
     * @param elsewhere what the page uses of other origins
     */
    Response page(
            Request request, int status, String page, String theme, Elsewhere elsewhere, Map<String, Object> values) {
        Map<String, Object> all = withTexts(request, values);
        return answer(request, status, elsewhere, all, fill(page, theme, all));
    }

    /** A page of the server itself, for which no plugin is asked: where one hangs, another might too. */
    Response own(Request request, int status, String page, Map<String, Object> values) {
        Map<String, Object> all = withTexts(request, values);
        return answer(request, status, Elsewhere.NOWHERE, all, fillOwn(page, all));
    }

    private Map<String, Object> withTexts(Request request, Map<String, Object> values) {
        String language = texts.language(wishes(request, values.get("locales")));
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put("language", language);
        all.put("nonce", request.nonce());
        all.put("t", (Mustache.Lambda) (key, out) ->
                out.write(Templates.escaped(text(language, key.execute().strip(), values.get("texts")))));
        if (values.get("message") instanceof String key && !key.isEmpty()) {
            all.put("message", texts.text(language, key));
        }
        return all;
    }

    /** The page's own text of a key, in that language or any; else the server's. */
    private String text(String language, String key, Object own) {
        if (own instanceof Map<?, ?> all && all.get(key) instanceof Map<?, ?> byLanguage) {
            return Stream.of(language, "", "en")
                    .map(byLanguage::get)
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .findFirst()
                    .orElseGet(() -> texts.text(language, key));
        }
        return texts.text(language, key);
    }

    private static Response answer(
            Request request, int status, Elsewhere elsewhere, Map<String, Object> all, String html) {
        return Response.of(status, "text/html;charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .withHeader("Content-Security-Policy", elsewhere.policy(request.nonce()))
                .withHeader("Pragma", "no-cache")
                .withHeader("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")
                .withHeader("Content-Language", String.valueOf(all.get("language")));
    }

    /** What the page is asked for in comes first (OpenID Connect Core, 3.1.2.1, {@code ui_locales}), then the browser's. */
    private static String wishes(Request request, Object locales) {
        String header = request.header("Accept-Language").orElse("");
        return locales instanceof String asked && LOCALES.matcher(asked).matches()
                ? asked.replace(' ', ',') + (header.isEmpty() ? "" : "," + header)
                : header;
    }

    private String fill(String page, String theme, Map<String, Object> values) {
        try (Chain<Theme> chain = themes.enter()) {
            for (Link<Theme> link : candidates(chain, theme)) {
                Optional<String> html = fill(link, page, values);
                if (html.isPresent()) {
                    return html.get();
                }
            }
        }
        return fillOwn(page, values);
    }

    private String fillOwn(String page, Map<String, Object> values) {
        String own = templates
                .builtIn(page)
                .or(() -> templates.builtIn("error"))
                .orElseThrow(() -> new IllegalStateException("no page"));
        values.put("assets", "/assets/" + BUILT_IN);
        return templates.fill(own, values);
    }

    /** The one asked for, then those that are for all. */
    private static List<Link<Theme>> candidates(Chain<Theme> chain, String theme) {
        List<Link<Theme>> asked = new ArrayList<>();
        List<Link<Theme>> forAll = new ArrayList<>();
        for (Link<Theme> link : chain.links()) {
            if (isNamed(link.info()) && name(link.info()).equals(theme)) {
                asked.add(link);
            } else if (!isNamed(link.info())) {
                forAll.add(link);
            }
        }
        asked.addAll(forAll);
        return asked;
    }

    private static boolean isNamed(ExtensionInfo info) {
        return info.properties().get(Theme.NAME) instanceof String;
    }

    private static String name(ExtensionInfo info) {
        return info.properties().get(Theme.NAME) instanceof String name ? name : info.bundle();
    }

    private Optional<String> fill(Link<Theme> link, String page, Map<String, Object> values) {
        try {
            Optional<String> template = link.call(theme -> theme.template(page));
            Map<String, Object> all = new LinkedHashMap<>(values);
            all.put("assets", "/assets/" + name(link.info()));
            return template.map(text -> templates.fill(text, all));
        } catch (Refusal | PluginFault | MustacheException failed) {
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .addKeyValue("page", page)
                    .addKeyValue("reason", failed.getMessage())
                    .log("a theme's page cannot be shown: the next theme's is");
            return Optional.empty();
        }
    }

    /** A file of a theme, by the name that its pages have for it. */
    Optional<byte[]> asset(String theme, String file) {
        try (Chain<Theme> chain = themes.enter()) {
            for (Link<Theme> link : chain.links()) {
                if (name(link.info()).equals(theme)) {
                    Optional<byte[]> asset = link.call(each -> each.asset(file));
                    if (asset.isPresent()) {
                        return asset;
                    }
                }
            }
        }
        return Optional.empty();
    }
}
