package org.latchkey.auth;

import java.util.ArrayList;
import java.util.List;
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

/** Asks authenticators and writes down what they say. One that fails counts as "not mine", and is remembered. */
final class Poll {

    private static final Logger log = LoggerFactory.getLogger(Poll.class);

    private final Recording recording;
    private final String point;
    private final List<String> failed = new ArrayList<>();

    /**
     * @param recording where it is written down
     * @param point their extension point
     */
    Poll(Recording recording, String point) {
        this.recording = recording;
        this.point = point;
    }

    /** Those that failed, by name, and were not advisory: nobody knows what they would have said. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    Verdict ask(Link<Authenticator> link, Attempt attempt) {
        recording.asks(point, link.info());
        try {
            return told(link, link.call(authenticator -> authenticator.authenticate(attempt)));
        } catch (PluginFault fault) {
            remember(link);
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
            if (refusal.kind() == Refusal.Kind.UNAVAILABLE) {
                remember(link);
                log.atWarn()
                        .addKeyValue("plugin", link.info().bundle())
                        .addKeyValue("reason", refusal.getMessage())
                        .log("an authenticator cannot judge at the moment: counted as not its account");
                return Verdict.NOT_MINE;
            }
            return new Verdict.Rejected(refusal.code());
        }
    }

    /** Nothing at all for an answer is a failure. */
    private Verdict told(Link<Authenticator> link, Verdict verdict) {
        if (verdict instanceof Verdict.Accepted) {
            recording.answered(Receipt.ACCEPTED);
        } else if (verdict instanceof Verdict.Rejected) {
            recording.answered(Receipt.REJECTED);
        } else if (verdict instanceof Verdict.NotMine) {
            recording.answered(Receipt.NOT_MINE);
        } else {
            recording.answered(Receipt.FAILED);
            remember(link);
            return Verdict.NOT_MINE;
        }
        return verdict;
    }

    private void remember(Link<Authenticator> link) {
        if (!link.info().advisory()) {
            failed.add(link.info().name());
        }
    }
}
