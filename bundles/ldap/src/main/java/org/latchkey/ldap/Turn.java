package org.latchkey.ldap;

/** Whose turn it is when a revision of this plugin follows another one. */
interface Turn {

    /** Whether this revision is the one that serves. */
    boolean isMine();

    /** Whether another revision is there and may still listen. */
    boolean isShared();

    /** Whether this revision serves on probation. */
    boolean isProbation();
}
