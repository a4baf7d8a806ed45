package org.latchkey.auth;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Recognizer;
import org.latchkey.api.http.Request;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Receipt;
import org.latchkey.api.service.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of questions to the recognizers about one request, and what they said. */
final class RecognizerPoll {

    static final String POINT = Recognizer.class.getSimpleName();

    private static final Logger log = LoggerFactory.getLogger(RecognizerPoll.class);
    private static final String ROOT = "root";

    /** Printable, and no longer than what people may type. */
    private static final Pattern NAME = Pattern.compile("[\\P{Cntrl}&&\\P{Cf}]{1,256}");

    private final Recording recording;
    private Optional<Refusal> refusal = Optional.empty();
    private boolean worthAReceipt;

    RecognizerPoll(Recording recording) {
        this.recording = recording;
    }

    /** Asks until one recognizes somebody, or one whose word is final refuses. */
    Optional<Principal> ask(Chain<Recognizer> chain, Request request) {
        for (Link<Recognizer> link : chain.links()) {
            boolean wasRefused = refusal.isPresent();
            Optional<Principal> found = ask(link, request);
            boolean hasRefused = refusal.isPresent() && !wasRefused;
            if (found.isPresent() || hasRefused && isFinal(link)) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isFinal(Link<Recognizer> link) {
        return "requisite".equals(link.info().properties().get(Authenticator.CONTROL));
    }

    private Optional<Principal> ask(Link<Recognizer> link, Request request) {
        recording.asks(POINT, link.info());
        try {
            Optional<Principal> found = link.call(recognizer -> checked(recognizer.recognize(request)))
                    .map(them -> new Principal(them.id(), link.info().name(), them.groups(), Set.of()));
            worthAReceipt |= found.isPresent();
            recording.answered(found.isPresent() ? Receipt.ACCEPTED : Receipt.NOT_MINE);
            return found;
        } catch (Refusal no) {
            worthAReceipt = true;
            recording.answered(Receipt.refused(no));
            refusal = refusal.or(() -> Optional.of(no));
        } catch (PluginFault fault) {
            worthAReceipt = true;
            recording.answered(link.info().advisory() ? Receipt.SKIPPED : Receipt.FAILED);
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .setCause(fault)
                    .log("a recognizer failed: it recognizes nobody");
        }
        return Optional.empty();
    }

    /** What cannot be anybody's name is the recognizer's fault, and counts as one; so does root, who shows a secret. */
    private static Optional<Principal> checked(Optional<Principal> found) {
        Objects.requireNonNull(found, "The recognizer gave no answer.").ifPresent(them -> {
            String id = Objects.requireNonNullElse(them.id(), "");
            if (!NAME.matcher(id).matches() || id.equals(ROOT)) {
                throw new IllegalStateException("The recognizer gave a name that it must not give.");
            }
        });
        return found;
    }

    /** Whether any of them had something to say. */
    boolean isWorthAReceipt() {
        return worthAReceipt;
    }

    /** Who was found; else, if one refused, throws the first refusal. */
    Optional<Principal> result(Optional<Principal> found) {
        if (found.isEmpty() && refusal.isPresent()) {
            throw refusal.get();
        }
        return found;
    }
}
