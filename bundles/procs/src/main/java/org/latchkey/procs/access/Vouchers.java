package org.latchkey.procs.access;

import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Authentication;

/** Whose word counts for who somebody is: that of the authenticators that the operator chose, or of all there are. */
public final class Vouchers {

    private final Authentication authentication;
    private final Set<String> chosen;

    /** @param chosen as {@link Authentication#vouches} takes them; none for all */
    public Vouchers(Authentication authentication, Set<String> chosen) {
        this.authentication = authentication;
        this.chosen = Set.copyOf(chosen);
    }

    /**
     * Whether somebody who was vouched for earlier is let in. If some authenticators are chosen, one of them must have been the one,
     * and be there; but holders of {@code GLOBAL_ROOT} are let in always, so that a choice cannot lock the operator out.
     */
    public boolean admit(Principal principal) {
        return chosen.isEmpty() || Capability.GLOBAL_ROOT.in(principal.capabilities()) || areThere(principal.source());
    }

    /** Whether the one that vouched is there at the moment, and is one of them. */
    public boolean areThere(String source) {
        return authentication.vouches(source, chosen);
    }
}
