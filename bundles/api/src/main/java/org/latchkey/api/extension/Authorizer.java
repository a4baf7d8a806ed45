package org.latchkey.api.extension;

import java.util.Set;
import org.latchkey.api.Principal;
import org.osgi.annotation.versioning.ConsumerType;

/** Has a say in whether somebody may do what is reserved to certain groups. One deny wins over every permit. */
@ConsumerType
@FunctionalInterface
public interface Authorizer {

    /** An authorizer's say; one that throws denies. */
    enum Vote {
        PERMIT,
        DENY,
        ABSTAIN
    }

    /**
     * @param principal who wants it
     * @param groups the groups it is reserved to; none means everybody
     */
    Vote vote(Principal principal, Set<String> groups);
}
