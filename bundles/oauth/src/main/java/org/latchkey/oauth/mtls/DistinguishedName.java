package org.latchkey.oauth.mtls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Compares names of X.500 as RFC 8705, 2.1.2 asks: what is registered is a text of RFC 4514. Case, blanks and the kind of string do
 * not count, nor how the text is escaped; the order of its parts does.
 */
final class DistinguishedName {

    /** Names of attributes that the JDK does not know, by OID: those of QWACs and of certificates of banks (ETSI TS 119 495). */
    private static final Map<String, String> NAMES = Map.of(
            "2.5.4.97", "ORGANIZATIONIDENTIFIER",
            "2.5.4.15", "BUSINESSCATEGORY",
            "2.5.4.17", "POSTALCODE",
            "1.2.840.113549.1.9.1", "EMAILADDRESS",
            "1.3.6.1.4.1.311.60.2.1.1", "JURISDICTIONLOCALITYNAME",
            "1.3.6.1.4.1.311.60.2.1.2", "JURISDICTIONSTATEORPROVINCENAME",
            "1.3.6.1.4.1.311.60.2.1.3", "JURISDICTIONCOUNTRYNAME");

    private static final Map<String, String> OIDS = oids();

    private DistinguishedName() {}

    private static Map<String, String> oids() {
        Map<String, String> oids = new LinkedHashMap<>();
        NAMES.forEach((oid, name) -> oids.put(name, oid));
        oids.put("E", "1.2.840.113549.1.9.1");
        oids.put("ORGID", "2.5.4.97");
        return oids;
    }

    /** The name that a text is; nothing if it is none. */
    static Optional<X500Principal> parsed(String text) {
        try {
            return Optional.of(new X500Principal(text, OIDS))
                    .filter(name -> !name.getName().isEmpty());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether a text names the same as a certificate. */
    static boolean isSame(String registered, X500Principal subject) {
        Optional<X500Principal> expected = parsed(registered);
        return expected.isPresent() && expected.equals(encodedAlike(subject));
    }

    /** The same name as it would be encoded if it had come as a text: then the kinds of its strings are those of the other. */
    private static Optional<X500Principal> encodedAlike(X500Principal name) {
        return parsed(name.getName(X500Principal.RFC2253, NAMES));
    }
}
