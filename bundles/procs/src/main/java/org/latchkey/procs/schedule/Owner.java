package org.latchkey.procs.schedule;

import java.time.Instant;
import java.util.Set;
import org.latchkey.api.Principal;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.access.Visitor.Proof;

/**
 * Who answers for a schedule: whoever made it or changed it last.
 *
 * @param source the authenticator that vouched for them
 * @param number of the entity, if the directory had them, whoever vouched: one of the same name and another number is somebody else; else 0
 * @param groups they were in then; they count only if the directory did not have them
 * @param proof how it was known who they are
 * @param seenAt when that was
 */
record Owner(String id, String source, long number, Set<String> groups, Proof proof, Instant seenAt) {

    /** The source of those that the built-in directory knows. */
    private static final String DIRECTORY = "directory";

    Owner {
        groups = Set.copyOf(groups);
    }

    static Owner of(Visitor visitor, long number, Instant now) {
        Principal principal = visitor.principal();
        return new Owner(principal.id(), principal.source(), number, principal.groups(), visitor.proof(), now);
    }

    /** Whether the directory had them, and so says all about them. */
    boolean isOfDirectory() {
        return number != 0 || source.equals(DIRECTORY);
    }
}
