package org.latchkey.procs.access;

import java.util.Set;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.procs.access.Visitor.Proof;

/**
 * Believes everybody, when authentication is switched off: Proctor's default, and never that of this server. Closed to other machines
 * unless the operator opens it to them too, and to what a proxy passes on, which only seems to come from this one. Closed to the web
 * pages that a browser on this machine shows, which may be anybody's: those of another origin, and those whose name only leads here.
 */
public final class Unguarded implements Doorman {

    private static final String NOBODY = "anonymous";
    private static final int LONGEST = 256;

    /** From where it is open. */
    public enum Reach {
        THIS_MACHINE,
        EVERYWHERE
    }

    private final Reach reach;

    public Unguarded(Reach reach) {
        this.reach = reach;
    }

    @Override
    public Visitor identify(Request request) {
        if (reach == Reach.THIS_MACHINE && !Loopback.isFrom(request)) {
            throw denied("Authentication is off, so that only this machine itself is served.");
        }
        if (reach == Reach.THIS_MACHINE && !Loopback.isMeant(request)) {
            throw denied("Authentication is off, so that this is served as localhost, 127.0.0.1 or [::1] alone.");
        }
        if (WebPages.isForeign(request)) {
            throw denied("Authentication is off, so that web pages of others are not served.");
        }
        String id = request.header(EMAIL).filter(each -> !each.isBlank()).orElse(NOBODY);
        String name = id.length() > LONGEST ? id.substring(0, LONGEST) : id;
        Principal principal = new Principal(name, "unverified", Set.of(), Set.of());
        return new Visitor(principal, Callers.of(request, name, Set.of()), Proof.CLAIMED);
    }

    private static Refusal denied(String reason) {
        return Refusal.of(Refusal.Kind.DENIED, "denied", reason);
    }
}
