package org.latchkey.api.service;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.osgi.annotation.versioning.ProviderType;

/** Signs people in and says what they are allowed. */
@ProviderType
public interface Authentication {

    /** The operation that {@link #explain} explains. */
    String OPERATION = "authentication";

    /** Who it is, or nothing: unknown, wrong, locked and refused by policy look the same. */
    Optional<Principal> authenticate(Attempt attempt);

    /**
     * The same, where only chosen authenticators judge, and where a fault is not taken for a wrong secret: for protocols
     * that hand the question to a certain authenticator. The throttle, root's protection and locks are the same. Fails
     * closed: that somebody could not be judged never lets them in.
     *
     * @param authenticators who may judge, each as the symbolic name of its bundle, or as {@code bundle/component}, where
     *     the component's name may be without its package and without its instance; none means all there are
     * @return who it is; nothing if they were rejected
     * @throws Refusal (UNAVAILABLE, {@code authenticator-unavailable}) if nobody accepted, and one that was to judge is not
     *     there or failed, so that nobody knows whether it would have. A rejection that is final counts all the same
     */
    Optional<Principal> authenticate(Attempt attempt, Set<String> authenticators);

    /**
     * Whether an authenticator that is in service now is the one that vouched for a principal, and is one of those chosen:
     * for callers that go by what was vouched for earlier. Fails closed: one that is not there now vouches for nobody, nor
     * does what is no authenticator, such as a certificate.
     *
     * @param source that of the {@link Principal}
     * @param authenticators as {@link #authenticate(Attempt, Set)} takes them; none means all there are
     */
    default boolean vouches(String source, Set<String> authenticators) {
        return false;
    }

    /**
     * Whether somebody may do what is reserved to these groups: a member of at least one may, unless an
     * authorizer denies; no groups means everybody. The one rule for lists and for decisions.
     *
     * @param caller who asks
     */
    boolean permits(Caller caller, Principal principal, Set<String> groups);

    /**
     * The same rule, where a fault is told from a no: for callers whose answer to the one differs from that to the other.
     *
     * @param caller who asks
     */
    Decision decide(Caller caller, Principal principal, Set<String> groups);

    /** What became of the question whether somebody may. */
    enum Decision {
        PERMITTED,
        DENIED,
        /** An authorizer failed or is missing, and no other one denies. To be treated as no: nobody knows better. */
        UNDECIDED
    }

    /** Who would be asked if somebody of that name signed in, and what the directory would run for it. */
    Explanation explain(String id);
}
