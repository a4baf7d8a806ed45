package org.latchkey.api.service;

import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
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
     * Whether somebody may do what is reserved to these groups: a member of at least one may, unless an
     * authorizer denies; no groups means everybody. The one rule for lists and for decisions.
     *
     * @param caller who asks
     */
    boolean permits(Caller caller, Principal principal, Set<String> groups);

    /** Who would be asked if somebody of that name signed in, and what the directory would run for it. */
    Explanation explain(String id);
}
