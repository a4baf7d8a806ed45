package org.latchkey.oauth.authorize;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.SignIn;

/**
 * Where an answer of the authorization endpoint goes: to a redirect URI that the client is registered with.
 *
 * @param redirectUri without a fragment
 * @param state as the client sent it
 * @param issuer said in every answer, so that clients notice a mix-up (RFC 9207)
 * @param signed puts parameters into a JWT, where the mode demands that
 */
record Destination(
        String redirectUri,
        ResponseMode mode,
        Optional<String> state,
        String issuer,
        UnaryOperator<Map<String, String>> signed) {

    private static final Pattern ORIGIN = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?");

    /** What content policies call the place: {@code https://app.example}, or {@code com.example.app:}. */
    String origin() {
        Matcher origin = ORIGIN.matcher(redirectUri);
        if (!origin.lookingAt()) {
            throw new IllegalStateException("a redirect URI without a scheme");
        }
        boolean isWeb = origin.group(1).matches("(?i)https?") && origin.group(2) != null;
        return isWeb ? origin.group(1) + "://" + origin.group(2) : origin.group(1) + ":";
    }

    /** Sends the browser there with these parameters. */
    Response answer(SignIn signIn, Request request, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        state.ifPresent(value -> all.put("state", value));
        all.put("iss", issuer);
        Map<String, String> sent = mode.isSigned() ? signed.apply(all) : all;
        return switch (mode.way()) {
            case QUERY -> redirect(redirectUri + (redirectUri.contains("?") ? "&" : "?") + encoded(sent));
            case FRAGMENT -> redirect(redirectUri + "#" + encoded(sent));
            case FORM_POST -> post(signIn, request, sent);
        };
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Response redirect(String url) {
        return Response.empty(303).withHeader("Location", url);
    }

    private Response post(SignIn signIn, Request request, Map<String, String> parameters) {
        List<Map<String, String>> fields = parameters.entrySet().stream()
                .map(each -> Map.of("name", each.getKey(), "value", each.getValue()))
                .toList();
        return signIn.show(
                request,
                200,
                "form-post",
                "",
                Map.of("target", redirectUri, "hidden", fields, "redirectsTo", origin()));
    }
}
