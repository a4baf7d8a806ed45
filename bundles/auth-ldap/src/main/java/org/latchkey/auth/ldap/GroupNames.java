package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What groups of the directory are called here. Those that are not listed are left out as a rule: a group of the same
 * name here may permit something that whoever made the one there never thought of.
 *
 * @param byDn names by DN in its normal form; they go first
 * @param byName names by the name of the group there, in lower case
 * @param others whether groups that are not listed keep their name
 */
record GroupNames(Map<String, String> byDn, Map<String, String> byName, Others others) {

    enum Others {
        IGNORE,
        KEEP
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    static GroupNames of(String[] pairs, Others others) {
        Map<String, String> byDn = new LinkedHashMap<>();
        Map<String, String> byName = new LinkedHashMap<>();
        for (String pair : pairs) {
            int split = pair.lastIndexOf('=');
            String there = split < 0 ? "" : pair.substring(0, split).strip();
            String here = pair.substring(split + 1).strip();
            if (there.isEmpty() || here.isEmpty()) {
                throw new IllegalArgumentException("groups are written there=here, with a name or a DN, not " + pair);
            }
            if (there.contains("=")) {
                byDn.put(normal(there).orElseThrow(() -> new IllegalArgumentException("not a DN: " + there)), here);
            } else {
                byName.put(there.toLowerCase(Locale.ROOT), here);
            }
        }
        return new GroupNames(byDn, byName, others);
    }

    /** What a group is called here, if anything; its name there is the first value of its DN. */
    Optional<String> named(String dn) {
        return named(dn, firstValue(dn));
    }

    /** What a group is called here, if anything. */
    Optional<String> named(String dn, String name) {
        return normal(dn)
                .map(byDn::get)
                .or(() -> Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT))))
                .or(() -> others == Others.KEEP && !name.isBlank() ? Optional.of(name) : Optional.empty());
    }

    private static Optional<String> normal(String dn) {
        try {
            return Optional.of(DN.normalize(dn));
        } catch (LDAPException malformed) {
            return Optional.empty();
        }
    }

    private static String firstValue(String dn) {
        try {
            RDN first = new DN(dn).getRDN();
            return first == null ? "" : first.getAttributeValues()[0];
        } catch (LDAPException malformed) {
            return "";
        }
    }
}
