package org.latchkey.auth.x509;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/** Where in a certificate it says who somebody is. */
public enum NameSource {
    /** The common name of the subject. */
    SUBJECT_CN("CN"),
    /** The user id of the subject. */
    SUBJECT_UID("UID"),
    /** The serial number in the subject, as of a person's card. */
    SUBJECT_SERIALNUMBER("SERIALNUMBER"),
    /** The e-mail address in the subject. */
    SUBJECT_EMAIL("EMAILADDRESS"),
    /** The e-mail addresses among the alternative names. */
    SAN_EMAIL("");

    private static final int MAILBOX = 1; // RFC 5280, 4.2.1.6: rfc822Name

    private static final Map<String, String> OIDS = Map.of(
            "2.5.4.5", "SERIALNUMBER", "1.2.840.113549.1.9.1", "EMAILADDRESS", "0.9.2342.19200300.100.1.1", "UID");

    /** One attribute of a name as RFC 2253 writes it, where commas, pluses and backslashes of a value stand behind a backslash. */
    private static final Pattern ATTRIBUTE = Pattern.compile("(?:^|[,+])([A-Za-z0-9.]+)=((?:\\\\.|[^,+\\\\])*)");

    private final String attribute;

    NameSource(String attribute) {
        this.attribute = attribute;
    }

    /** All values that are there, as they stand there. */
    List<String> values(X509Certificate certificate) {
        return this == SAN_EMAIL ? mailboxes(certificate) : attributes(certificate.getSubjectX500Principal());
    }

    private List<String> attributes(X500Principal subject) {
        return ATTRIBUTE
                .matcher(subject.getName(X500Principal.RFC2253, OIDS))
                .results()
                .filter(found -> found.group(1).equalsIgnoreCase(attribute))
                .flatMap(found -> unescaped(found.group(2)).stream())
                .toList();
    }

    /** Nothing for what is no text, which is written as {@code #} and hexadecimal digits, or has escaped bytes. */
    private static Optional<String> unescaped(String value) {
        if (value.startsWith("#")
                || Pattern.compile("\\\\[0-9A-Fa-f]{2}").matcher(value).find()) {
            return Optional.empty();
        }
        return Optional.of(value.replaceAll("\\\\(.)", "$1"));
    }

    private static List<String> mailboxes(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(each -> each.get(0).equals(MAILBOX))
                            .flatMap(each -> Stream.of(String.valueOf(each.get(1))))
                            .toList();
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }
}
