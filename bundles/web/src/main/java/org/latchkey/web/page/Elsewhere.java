package org.latchkey.web.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a page uses of other origins, such as {@code https://app.example}.
 *
 * @param redirectsTo where its forms may come out, besides this server
 * @param imagesFrom where it loads images from, besides this server
 * @param framesFrom where it loads frames from; there are none of this server
 */
record Elsewhere(List<String> redirectsTo, List<String> imagesFrom, List<String> framesFrom) {

    /** A page that keeps to this server. */
    static final Elsewhere NOWHERE = new Elsewhere(List.of(), List.of(), List.of());

    /** By the values of a page: for each of them a text, or a list of texts. */
    static Elsewhere of(Map<String, Object> values) {
        return new Elsewhere(
                texts(values.get("redirectsTo")), texts(values.get("imagesFrom")), texts(values.get("framesFrom")));
    }

    private static List<String> texts(Object value) {
        Stream<?> all = value instanceof List<?> list ? list.stream() : Stream.ofNullable(value);
        return all.map(String::valueOf).toList();
    }

    /** The policy of such a page: scripts and styles of the page itself, images and fonts of the theme (CSP 3, 6.4.2). */
    String policy(String nonce) {
        return "default-src 'none'; script-src 'self' 'nonce-" + nonce + "'; style-src 'self' 'nonce-" + nonce
                + "'; img-src 'self' data:" + each(imagesFrom)
                + (framesFrom.isEmpty() ? "" : "; frame-src" + each(framesFrom))
                + "; font-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'" + each(redirectsTo);
    }

    private static String each(List<String> origins) {
        return origins.isEmpty() ? "" : " " + String.join(" ", origins);
    }
}
