package org.latchkey.web.certificate;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates that a proxy in front has seen and forwards in a header: as RFC 9440 has it ({@code :base64:}, with the others in
 * the header of that name with {@code -Chain}), as PEM, escaped for a URL or not, or as bare base64.
 *
 * <p>Such a header counts only from the addresses that the operator names, and of these nothing else does: not the certificate
 * that the proxy shows for itself. What is there twice or is not to be read is no certificate (fail closed).
 *
 * @param proxies their addresses
 * @param header its name
 */
record ForwardedCertificates(Set<InetAddress> proxies, String header) {

    private static final Logger log = LoggerFactory.getLogger(ForwardedCertificates.class);
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");
    private static final Pattern BYTES = Pattern.compile(":([A-Za-z0-9+/]+=*):");
    private static final int MOST = 10;

    ForwardedCertificates {
        proxies = Set.copyOf(proxies);
    }

    /** @throws IllegalArgumentException if one is not an IP address; names are not looked up */
    static ForwardedCertificates from(List<String> proxies, String header) {
        return new ForwardedCertificates(
                proxies.stream()
                        .map(each -> address(each)
                                .orElseThrow(() -> new IllegalArgumentException(each + " is not an IP address")))
                        .collect(Collectors.toSet()),
                header);
    }

    private static Optional<InetAddress> address(String text) {
        String bare = text.strip().replaceFirst("^\\[(.*)]$", "$1");
        if (!ADDRESS.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    boolean isProxy(String peer) {
        return !proxies.isEmpty() && address(peer).filter(proxies::contains).isPresent();
    }

    /** Those of a request of a proxy, given its header fields by name. */
    List<X509Certificate> in(java.util.function.Function<String, Enumeration<String>> fields) {
        List<String> own = all(fields.apply(header));
        if (own.isEmpty() || own.equals(List.of(""))) {
            return List.of();
        }
        if (own.size() > 1) {
            return unreadable("it is there more than once");
        }
        try {
            List<X509Certificate> all = new ArrayList<>(List.of(one(own.get(0).strip())));
            for (String each :
                    String.join(",", all(fields.apply(header + "-Chain"))).split(",")) {
                if (!each.isBlank() && all.size() < MOST) {
                    all.add(one(each.strip()));
                }
            }
            return all;
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return unreadable("it is no certificate");
        }
    }

    private static List<String> all(Enumeration<String> fields) {
        return Stream.iterate(fields, Enumeration::hasMoreElements, each -> each)
                .map(Enumeration::nextElement)
                .toList();
    }

    private static List<X509Certificate> unreadable(String why) {
        log.atWarn().addKeyValue("reason", why).log("the certificate that a proxy forwards is not taken");
        return List.of();
    }

    private static X509Certificate one(String value) throws GeneralSecurityException {
        String text =
                value.contains("%") ? URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.US_ASCII) : value;
        Matcher pem = PEM.matcher(text);
        Matcher bytes = BYTES.matcher(text);
        String content = pem.find() ? pem.group(1) : bytes.matches() ? bytes.group(1) : text;
        byte[] encoded = Base64.getDecoder().decode(content.replaceAll("\\s", ""));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }
}
