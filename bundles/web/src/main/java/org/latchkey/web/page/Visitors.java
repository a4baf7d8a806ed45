package org.latchkey.web.page;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.service.Recognition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who comes to sign in, as far as their request tells by itself. */
final class Visitors {

    /** What is known of a visitor. */
    sealed interface Visitor {}

    /** Somebody who has to show who they are; {@code challenges} is what to ask their browser for. */
    record Stranger(List<String> challenges) implements Visitor {}

    /** Somebody who is recognized, and not signed in by that. */
    record Known(Principal principal) implements Visitor {}

    /** Somebody whose request shows what is not good, and why, for them to read. */
    record Turned(String reason) implements Visitor {}

    private static final Logger log = LoggerFactory.getLogger(Visitors.class);
    private static final int LONGEST_REASON = 300;

    private final Recognition recognition;

    Visitors(Recognition recognition) {
        this.recognition = recognition;
    }

    /** Who is there. If it cannot be told at the moment they are a stranger, who can still use the form. */
    Visitor visitor(Request request, Caller caller) {
        try {
            Optional<Principal> principal = recognition.recognize(request, caller);
            return principal.isPresent() ? new Known(principal.get()) : new Stranger(recognition.challenges());
        } catch (Refusal refusal) {
            return switch (refusal.kind()) {
                case UNAVAILABLE -> {
                    log.atWarn()
                            .addKeyValue("request", request.id())
                            .addKeyValue("reason", refusal.code())
                            .log("nobody is recognized");
                    yield new Stranger(List.of());
                }
                case TOO_MANY -> new Turned("error.too-many");
                default -> new Turned(reason(refusal.getMessage()));
            };
        }
    }

    private static String reason(String message) {
        if (message == null || message.isBlank()) {
            return "error.not-recognized";
        }
        return message.substring(0, Math.min(LONGEST_REASON, message.length()));
    }

    Optional<Principal> admit(Principal recognized, Caller caller) {
        return recognition.admit(recognized, caller);
    }
}
