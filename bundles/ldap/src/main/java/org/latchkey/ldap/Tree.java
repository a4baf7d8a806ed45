package org.latchkey.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import org.latchkey.ldap.Place.Kind;

/**
 * Where everything is: {@code uid=ada,ou=entities,dc=example,dc=org} and {@code cn=staff,ou=groups,dc=example,dc=org}.
 * Names are compared by case, the rest is not. Names go in and out of DNs by the library's escaping (RFC 4514) alone.
 */
final class Tree {

    static final String SUBSCHEMA = "cn=subschema";

    private final DN base;
    private final DN entities;
    private final DN groups;
    private final DN subschema;

    Tree(String baseDn) {
        try {
            this.base = new DN(baseDn);
            this.entities = new DN(new RDN("ou", "entities"), base);
            this.groups = new DN(new RDN("ou", "groups"), base);
            this.subschema = new DN(SUBSCHEMA);
        } catch (LDAPException malformed) {
            throw new IllegalArgumentException("no DN: " + baseDn, malformed);
        }
    }

    String base() {
        return base.toString();
    }

    String entities() {
        return entities.toString();
    }

    String groups() {
        return groups.toString();
    }

    String entity(String id) {
        return new DN(new RDN("uid", id), entities).toString();
    }

    String group(String name) {
        return new DN(new RDN("cn", name), groups).toString();
    }

    /** What is at a DN; refused if it is none. */
    Place locate(String text) throws LDAPException {
        DN dn = parsed(text);
        if (dn.isNullDN()) {
            return new Place(Kind.ROOT, "");
        }
        if (dn.equals(subschema)) {
            return new Place(Kind.SUBSCHEMA, "");
        }
        if (dn.equals(base)) {
            return new Place(Kind.BASE, "");
        }
        if (dn.equals(entities)) {
            return new Place(Kind.ENTITIES, "");
        }
        if (dn.equals(groups)) {
            return new Place(Kind.GROUPS, "");
        }
        return named(dn);
    }

    private Place named(DN dn) {
        RDN first = dn.getRDN();
        DN parent = dn.getParent();
        if (!first.isMultiValued() && parent != null) {
            if (parent.equals(entities) && isAttribute(first, "uid", "userid", Vocabulary.UID)) {
                return new Place(Kind.ENTITY, first.getAttributeValues()[0]);
            }
            if (parent.equals(groups) && isAttribute(first, "cn", "commonName", Vocabulary.CN)) {
                return new Place(Kind.GROUP, first.getAttributeValues()[0]);
            }
        }
        return new Place(dn.isDescendantOf(base, false) ? Kind.NOWHERE : Kind.OUTSIDE, "");
    }

    private static boolean isAttribute(RDN rdn, String... names) {
        for (String name : names) {
            if (rdn.getAttributeNames()[0].equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** The DN as this server writes it, so that equal ones are the same text; any other as it came. */
    String canonical(String text) throws LDAPException {
        Place place = locate(text);
        return switch (place.kind()) {
            case ENTITY -> entity(place.name());
            case GROUP -> group(place.name());
            case BASE -> base();
            case ENTITIES -> entities();
            case GROUPS -> groups();
            default -> text;
        };
    }

    /** The deepest entry that is above a DN at which there is nothing (RFC 4511, 4.1.9), or empty. */
    String above(String text) throws LDAPException {
        for (DN dn = parsed(text).getParent(); dn != null && !dn.isNullDN(); dn = dn.getParent()) {
            if (dn.equals(entities) || dn.equals(groups) || dn.equals(base)) {
                return dn.toString();
            }
        }
        return "";
    }

    private static DN parsed(String text) throws LDAPException {
        try {
            return new DN(text);
        } catch (LDAPException malformed) {
            throw new LDAPException(ResultCode.INVALID_DN_SYNTAX, "This is no DN.", malformed);
        }
    }
}
