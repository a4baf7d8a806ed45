package org.latchkey.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.web.certificate.CertificateDesk;

/** A servlet request as an endpoint sees it; nothing is read or copied before it is asked for. */
final class IncomingRequest implements Request {

    private final HttpServletRequest from;
    private final String id;
    private final String path;
    private final boolean https;
    private final Nonce nonce;
    private final CertificateDesk certificates;

    /**
     * @param https whether the browser came over TLS, be it to us or to a proxy in front
     * @param certificates that tells which the sender has shown
     */
    IncomingRequest(
            HttpServletRequest from, String id, String path, boolean https, Nonce nonce, CertificateDesk certificates) {
        this.from = from;
        this.id = id;
        this.path = path;
        this.https = https;
        this.nonce = nonce;
        this.certificates = certificates;
    }

    @Override
    public String id() {
        return id;
    }

    /** HEAD arrives as GET: the server leaves the body of the answer out by itself (RFC 9110, 9.3.2). */
    @Override
    public String method() {
        String method = from.getMethod();
        return method.equals("HEAD") ? "GET" : method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public List<String> query(String name) {
        return Query.values(Objects.requireNonNullElse(from.getQueryString(), ""), name);
    }

    /** Several fields of one name become one list (RFC 9110, 5.3), so that a second one cannot hide. */
    @Override
    public Optional<String> header(String name) {
        Enumeration<String> fields = from.getHeaders(name);
        if (!fields.hasMoreElements()) {
            return Optional.empty();
        }
        String first = fields.nextElement();
        if (!fields.hasMoreElements()) {
            return Optional.of(first);
        }
        StringJoiner list = new StringJoiner(", ").add(first);
        fields.asIterator().forEachRemaining(list::add);
        return Optional.of(list.toString());
    }

    @Override
    public Optional<String> cookie(String name) {
        return Cookies.value(from.getHeaders("Cookie"), Cookies.fullName(name, https));
    }

    @Override
    public Map<String, List<String>> form(long limit) throws IOException {
        String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.split(";")[0].strip().equals("application/x-www-form-urlencoded")) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "A form was expected.");
        }
        return Query.all(new String(body(limit).readAllBytes(), StandardCharsets.US_ASCII));
    }

    @Override
    public InputStream body(long limit) throws IOException {
        if (from.getContentLengthLong() > limit) {
            throw BoundedBody.tooLarge();
        }
        return new BoundedBody(from.getInputStream(), limit);
    }

    @Override
    public String nonce() {
        return nonce.get();
    }

    @Override
    public String address() {
        return from.getRemoteAddr();
    }

    @Override
    public List<X509Certificate> presentedCertificates() {
        return certificates.presented(from);
    }

    @Override
    public List<X509Certificate> trustedCertificates() {
        return certificates.trusted(presentedCertificates());
    }
}
