package org.latchkey.auth;

import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Receipt;
import org.latchkey.api.service.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks authenticators and writes down what they say. One that fails counts as "not mine".
 *
 * @param recording where it is written down
 * @param point their extension point
 */
record Poll(Recording recording, String point) {

    private static final Logger log = LoggerFactory.getLogger(Poll.class);

    Verdict ask(Link<Authenticator> link, Attempt attempt) {
        recording.asks(point, link.info());
        try {
            return told(link.call(authenticator -> authenticator.authenticate(attempt)));
        } catch (PluginFault fault) {
            recording.answered(link.info().advisory() ? Receipt.SKIPPED : Receipt.FAILED);
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .setCause(fault)
                    .log("an authenticator failed: counted as not its account");
            return Verdict.NOT_MINE;
        } catch (Refusal refusal) {
            recording.answered(Receipt.refused(refusal));
            if (link.info().core()) {
                throw refusal;
            }
            return new Verdict.Rejected(refusal.code());
        }
    }

    /** Nothing at all for an answer is a failure. */
    private Verdict told(Verdict verdict) {
        if (verdict instanceof Verdict.Accepted) {
            recording.answered(Receipt.ACCEPTED);
        } else if (verdict instanceof Verdict.Rejected) {
            recording.answered(Receipt.REJECTED);
        } else {
            recording.answered(verdict instanceof Verdict.NotMine ? Receipt.NOT_MINE : Receipt.FAILED);
            return Verdict.NOT_MINE;
        }
        return verdict;
    }
}
