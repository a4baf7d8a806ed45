package org.latchkey.ldap;

/** Whose turn it is when a revision of this plugin follows another one. */
interface Turn {

    /** What there is of another revision that serves instead of this one. */
    enum Next {
        /** There is none. */
        NONE,
        /** It does not listen, yet or at all. */
        SILENT,
        LISTENS
    }

    /** Whether this revision is the one that serves. */
    boolean isMine();

    Next next();

    /** Whether this revision serves on probation. */
    boolean isProbation();
}
