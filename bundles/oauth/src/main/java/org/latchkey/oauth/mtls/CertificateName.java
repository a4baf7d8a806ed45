package org.latchkey.oauth.mtls;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The members of a client's metadata of which one says what is in its certificate (RFC 8705, 2.1.2). Of alternative names one of
 * the kind has to be the same; a wildcard in the certificate stands for nothing but itself.
 */
public enum CertificateName {
    SUBJECT_DN(
            "tls_client_auth_subject_dn",
            "This must be a distinguished name of RFC 4514, such as CN=app,O=Example,C=DE.",
            text -> DistinguishedName.parsed(text).isPresent(),
            CertificateName::isSubject),
    SAN_DNS(
            "tls_client_auth_san_dns",
            "This must be the name of a host.",
            text -> Pattern.matches("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?", text),
            (text, shown) -> isAmong(shown, 2, each -> each.equalsIgnoreCase(text))),
    SAN_URI(
            "tls_client_auth_san_uri",
            "This must be an absolute URI.",
            CertificateName::isUri,
            (text, shown) -> isAmong(shown, 6, text::equals)),
    SAN_IP(
            "tls_client_auth_san_ip",
            "This must be an IP address.",
            text -> address(text).isPresent(),
            (text, shown) -> isAmong(shown, 7, each -> isSameAddress(text, each))),
    SAN_EMAIL(
            "tls_client_auth_san_email",
            "This must be an e-mail address.",
            text -> Pattern.matches("[^@\\s]+@[^@\\s]+", text),
            (text, shown) -> isAmong(shown, 1, each -> isSameMailbox(text, each)));

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final String member;
    private final String demand;
    private final Predicate<String> shape;
    private final BiPredicate<String, X509Certificate> comparison;

    CertificateName(
            String member, String demand, Predicate<String> shape, BiPredicate<String, X509Certificate> comparison) {
        this.member = member;
        this.demand = demand;
        this.shape = shape;
        this.comparison = comparison;
    }

    /** Its name in the metadata. */
    public String member() {
        return member;
    }

    /** What is wrong with a value of it, if anything is. */
    public Optional<String> fault(String value) {
        return shape.test(value) ? Optional.empty() : Optional.of(demand);
    }

    /** Whether a certificate has that value. */
    public boolean isIn(X509Certificate shown, String value) {
        return comparison.test(value, shown);
    }

    /** Those that have a value in some metadata. */
    public static List<CertificateName> among(Collection<String> members) {
        return Stream.of(values()).filter(each -> members.contains(each.member)).toList();
    }

    private static boolean isSubject(String text, X509Certificate shown) {
        return DistinguishedName.isSame(text, shown.getSubjectX500Principal());
    }

    /** @param kind of {@link X509Certificate#getSubjectAlternativeNames()} */
    private static boolean isAmong(X509Certificate shown, int kind, Predicate<String> same) {
        try {
            Collection<List<?>> names = shown.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .filter(each -> each.get(0).equals(kind))
                            .map(each -> String.valueOf(each.get(1)))
                            .anyMatch(same);
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** Names are not looked up. */
    private static Optional<byte[]> address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    private static boolean isSameAddress(String one, String other) {
        Optional<byte[]> first = address(one);
        Optional<byte[]> second = address(other);
        return first.isPresent() && second.isPresent() && Arrays.equals(first.get(), second.get());
    }

    /** The host in any case, what is before it exactly (RFC 5280, 7.5). */
    private static boolean isSameMailbox(String one, String other) {
        return mailbox(one).equals(mailbox(other));
    }

    private static String mailbox(String text) {
        int at = text.lastIndexOf('@') + 1;
        return text.substring(0, at)
                + IDN.toASCII(text.substring(at), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    }
}
