package org.latchkey.api.extension;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One way to prove who somebody is. All are asked in order; the first that accepts decides. One that
 * throws counts as "not mine".
 */
@ConsumerType
@FunctionalInterface
public interface Authenticator {

    /** Set to {@code requisite} on an instance whose rejection is final. */
    String CONTROL = "latchkey.control";

    /** Judges the attempt, whose secret is always present. */
    Verdict authenticate(Attempt attempt);
}
