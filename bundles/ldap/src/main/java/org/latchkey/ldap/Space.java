package org.latchkey.ldap;

import java.util.List;
import org.latchkey.ldap.Place.Kind;

/** What entities and groups have and how they are found. */
enum Space {
    ENTITIES(Kind.ENTITY, "uid", "memberOf", Kind.GROUP),
    GROUPS(Kind.GROUP, "cn", "member", Kind.ENTITY);

    private static final List<String> COMMON =
            List.of("objectClass", "entryDN", "subschemaSubentry", "hasSubordinates", "structuralObjectClass");
    private static final List<String> OF_ENTITIES = List.of(
            "uid",
            "cn",
            "sn",
            "displayName",
            "employeeNumber",
            "uidNumber",
            "gidNumber",
            "gecos",
            "homeDirectory",
            "loginShell",
            "sshPublicKey",
            "memberOf",
            "nsAccountLock");
    private static final List<String> OF_GROUPS =
            List.of("cn", "gidNumber", "member", "memberUid", "owner", "description");

    private final Kind kind;
    private final String naming;
    private final String relation;
    private final Kind related;

    Space(Kind kind, String naming, String relation, Kind related) {
        this.kind = kind;
        this.naming = naming;
        this.relation = relation;
        this.related = related;
    }

    Kind kind() {
        return kind;
    }

    /** The attribute that names. */
    String naming() {
        return naming;
    }

    /** The attribute that leads to the other space. */
    String relation() {
        return relation;
    }

    Kind related() {
        return related;
    }

    boolean has(String attribute) {
        return COMMON.contains(attribute)
                || (this == ENTITIES
                        ? OF_ENTITIES.contains(attribute) || Settings.FROM_KV.contains(attribute)
                        : OF_GROUPS.contains(attribute));
    }

    boolean hasClass(String objectClass) {
        return (this == ENTITIES ? Entries.ENTITY_CLASSES : Entries.GROUP_CLASSES)
                .stream().anyMatch(objectClass::equalsIgnoreCase);
    }
}
