package org.latchkey.procs.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.procs.access.Visitor.Proof;

/**
 * Believes everybody, when authentication is switched off: Proctor's default, and never that of this server. Closed to other machines
 * unless the operator opens it to them too, and to what a proxy passes on, which only seems to come from this one.
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
        if (reach == Reach.THIS_MACHINE && (!isLoopback(request.address()) || Callers.isForwarded(request))) {
            throw Refusal.of(
                    Refusal.Kind.DENIED,
                    "denied",
                    "Authentication is off, so that only this machine itself is served.");
        }
        String id = request.header(EMAIL).filter(each -> !each.isBlank()).orElse(NOBODY);
        String name = id.length() > LONGEST ? id.substring(0, LONGEST) : id;
        Principal principal = new Principal(name, "unverified", Set.of(), Set.of());
        return new Visitor(principal, Callers.of(request, name, Set.of()), Proof.CLAIMED);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // a literal address, so nothing is resolved
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
