package org.latchkey.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.latchkey.api.http.Response;

/**
 * The headers that stand on every answer and that no endpoint can take off. Of the content security policy
 * an endpoint may add a second one: browsers enforce both, so it can only get stricter (CSP 3, 8.1). Only where forms go
 * and where images and frames come from it may say in place of the server: the first since browsers hold that against the
 * redirect after a form too, the others since a page that signs somebody out of applications loads an image or a frame of
 * each. Who may show a page in a frame is nobody, unless the endpoint says who by {@link Response#framedBy}; no header does.
 */
final class SecurityHeaders {

    private static final String FOR_DATA = "default-src 'none'; frame-ancestors 'none'";
    private static final String FOR_PAGES = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors ";

    /** What only this class and the server itself set. */
    private static final Set<String> RESERVED = reserved(
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Strict-Transport-Security",
            "X-Request-Id",
            "Server",
            "Date",
            "Connection",
            "Set-Cookie",
            "Content-Length",
            "Transfer-Encoding");

    private static final String HTTPS = "https";

    private final boolean promise;

    /**
     * @param publicUrl what the outside calls this server; only https gets a promise of transport security (RFC 6797),
     *     on plain HTTP too, behind which there is then a proxy that speaks TLS
     */
    SecurityHeaders(String publicUrl) {
        this.promise = publicUrl.startsWith(HTTPS + ":");
    }

    private SecurityHeaders() {
        this.promise = true;
    }

    /** Those of an answer to a request of this scheme: what came over TLS gets the promise whatever the public URL. */
    SecurityHeaders over(String scheme) {
        return HTTPS.equals(scheme) && !promise ? new SecurityHeaders() : this;
    }

    /** Whether a browser that got here did so over TLS, be it to us or to the proxy in front. */
    boolean isSecure(String scheme) {
        return over(scheme).promise;
    }

    /** As {@link #isSecure(String)}, of the scheme that these are for. */
    boolean isSecure() {
        return promise;
    }

    boolean areReserved(String name) {
        return RESERVED.contains(name);
    }

    /**
     * Gives each of them, for an answer of this content type, before the endpoint's own headers.
     *
     * @param ancestors the origins that may show it in a frame, if it is a page
     */
    void forEach(String contentType, List<String> ancestors, String requestId, BiConsumer<String, String> header) {
        boolean isPage = isPage(contentType);
        header.accept(
                "Content-Security-Policy", isPage ? policyOfPage(Optional.empty(), ancestors, List.of()) : FOR_DATA);
        header.accept("X-Content-Type-Options", "nosniff");
        if (!isPage || ancestors.isEmpty()) {
            header.accept("X-Frame-Options", "DENY");
        }
        header.accept("Referrer-Policy", "no-referrer");
        header.accept("Cross-Origin-Opener-Policy", "same-origin");
        header.accept("Cache-Control", "no-store");
        header.accept("X-Request-Id", requestId);
        if (promise) {
            header.accept("Strict-Transport-Security", "max-age=31536000");
        }
    }

    static boolean isPage(String contentType) {
        return contentType.startsWith("text/html") || contentType.startsWith("application/xhtml");
    }

    /**
     * @param nonce of the styles and scripts in the page, if it has any
     * @param ancestors the origins that may show it in a frame
     * @param own the policies that the endpoint adds
     */
    static String policyOfPage(Optional<String> nonce, List<String> ancestors, List<String> own) {
        String inline = nonce.map(
                        once -> "; script-src 'self' 'nonce-" + once + "'; style-src 'self' 'nonce-" + once + "'")
                .orElse("");
        String images = directive(own, "img-src").map(said -> "; " + said).orElse("");
        String frames = directive(own, "frame-src").map(said -> "; " + said).orElse("");
        String forms = directive(own, "form-action").isPresent() ? "" : "; form-action 'self'";
        String framedBy = ancestors.isEmpty() ? "'none'" : String.join(" ", ancestors);
        return FOR_PAGES + framedBy + inline + images + frames + forms;
    }

    /** A directive with its value; a comma would end the policy (CSP 3, 2.2.2), so it is in none. */
    private static Optional<String> directive(List<String> policies, String name) {
        return policies.stream()
                .filter(policy -> policy.indexOf(',') < 0)
                .flatMap(policy -> Stream.of(policy.split(";")))
                .map(String::strip)
                .filter(directive -> directive.startsWith(name + " "))
                .findFirst();
    }

    private static Set<String> reserved(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }
}
