package org.latchkey.api.extension;

import org.latchkey.api.Principal;

/** What an {@link Authenticator} says of an attempt. */
public sealed interface Verdict {

    Verdict NOT_MINE = new NotMine();

    /** It is them. */
    record Accepted(Principal principal) implements Verdict {}

    /** It is not them. The reason is for the audit log; the caller never sees it. Without one it is "rejected". */
    record Rejected(String reason) implements Verdict {

        public Rejected {
            reason = reason == null ? "rejected" : reason;
        }
    }

    /** This authenticator does not know the name. */
    record NotMine() implements Verdict {}
}
