package org.latchkey.ldap;

/**
 * A place in the tree.
 *
 * @param kind what is there
 * @param name of the entity or group, else empty
 */
record Place(Kind kind, String name) {

    enum Kind {
        /** The server itself (RFC 4512, 5.1). */
        ROOT,
        SUBSCHEMA,
        BASE,
        ENTITIES,
        GROUPS,
        ENTITY,
        GROUP,
        /** Beneath the base, but nothing can be there. */
        NOWHERE,
        /** Another server's. */
        OUTSIDE
    }

    boolean is(Kind asked) {
        return kind == asked;
    }
}
