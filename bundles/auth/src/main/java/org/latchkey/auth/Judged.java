package org.latchkey.auth;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.service.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of an attempt.
 *
 * @param principal who it is, if anybody
 * @param outcome what the receipt says of it
 * @param undecided whose word is missing to know that it is nobody: those that failed, or are not there
 * @param wasRejected whether somebody said that it is not them
 */
record Judged(Optional<Principal> principal, String outcome, List<String> undecided, boolean wasRejected) {

    private static final Logger log = LoggerFactory.getLogger(Judged.class);
    private static final String UNAVAILABLE = "authenticator-unavailable";

    Judged {
        undecided = List.copyOf(undecided);
    }

    /** Who failed does not matter: nobody accepted means rejected. */
    Judged withoutFaults() {
        return new Judged(principal, outcome, List.of(), wasRejected);
    }

    /** Where somebody's word is missing and nobody accepted, the receipt says so. */
    Judged withFaults() {
        return isUndecided()
                ? new Judged(principal, Receipt.refused(UNAVAILABLE), undecided, wasRejected)
                : withoutFaults();
    }

    private boolean isUndecided() {
        return principal.isEmpty() && !undecided.isEmpty();
    }

    /** Whether it counts as a guess if nobody accepted. So it does if one rejected: else the fault of another would let guess. */
    boolean isJudged() {
        return !isUndecided() || wasRejected;
    }

    /** Who it is, if anybody; refused if nobody knows. */
    Optional<Principal> requireDecided(Attempt attempt) {
        if (!isUndecided()) {
            return principal;
        }
        log.atWarn()
                .addKeyValue("entity", attempt.id())
                .addKeyValue("missing", String.join(", ", undecided))
                .addKeyValue("address", attempt.caller().address())
                .addKeyValue("request", attempt.caller().requestId())
                .log("not judged: an authenticator that is to judge failed or is not there");
        throw Refusal.of(Refusal.Kind.UNAVAILABLE, UNAVAILABLE, "Nobody can sign in at the moment; try again later.");
    }
}
