package org.latchkey.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The name of everybody's entry (RFC 4514), such as {@code uid={username},ou=people,dc=example,dc=org}. A value becomes
 * that of one attribute, never text of a DN.
 */
final class DnTemplate {

    private static final String PLACE = "{username}";

    private final String attribute;
    private final DN parent;

    private DnTemplate(String attribute, DN parent) {
        this.attribute = attribute;
        this.parent = parent;
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    static DnTemplate of(String text) {
        try {
            DN dn = new DN(text);
            RDN first = dn.getRDN();
            if (first == null
                    || first.isMultiValued()
                    || !first.getAttributeValues()[0].equals(PLACE)
                    || dn.getParentString() == null
                    || dn.getParentString().contains(PLACE)) {
                throw new IllegalArgumentException("userDn is written uid={username},ou=...,dc=..., not " + text);
            }
            return new DnTemplate(first.getAttributeNames()[0], dn.getParent());
        } catch (LDAPException malformed) {
            throw new IllegalArgumentException("userDn is not a DN: " + malformed.getMessage(), malformed);
        }
    }

    String with(String username) {
        return new DN(new RDN(attribute, username), parent).toString();
    }

    /** Whether the entry has just that name, apart from case. */
    boolean holdsLiterally(Entry entry, String username) {
        String[] held = entry.getAttributeValues(attribute);
        String wanted = username.toLowerCase(Locale.ROOT);
        return held != null
                && Stream.of(held)
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).equals(wanted));
    }

    String attribute() {
        return attribute;
    }
}
