package org.latchkey.auth;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Outbox;

/** Tells of sign-ins. None of them waits for that, and none is kept from it. */
final class SignInNotices {

    private final Outbox outbox;
    private final Directory directory;

    SignInNotices(Outbox outbox, Directory directory) {
        this.outbox = outbox;
        this.directory = directory;
    }

    void succeeded(Principal principal, Caller caller) {
        tell("authentication.succeeded", caller, Map.of("entity", principal.id(), "source", principal.source()));
    }

    /** Only of somebody whom an authenticator knows: people type their secrets where the name should be. */
    void failed(Attempt attempt, String outcome) {
        tell("authentication.failed", attempt.caller(), Map.of("entity", attempt.id(), "outcome", outcome));
    }

    /** The name is told if it is one, see {@link #failed}. */
    void throttled(String name, String address, String limit) {
        if (outbox.isAwaited()) {
            Map<String, String> content = new HashMap<>(Map.of("address", address, "limit", limit));
            if (isKnown(name)) {
                content.put("entity", name);
            }
            outbox.tell(List.of(notice("authentication.throttled", "anonymous", content)));
        }
    }

    private boolean isKnown(String name) {
        try {
            return directory.entity(name).isPresent();
        } catch (Refusal unavailable) {
            return false; // told without the name
        }
    }

    private void tell(String type, Caller caller, Map<String, String> facts) {
        if (outbox.isAwaited()) {
            Map<String, String> content = new HashMap<>(facts);
            content.put("address", caller.address());
            outbox.tell(List.of(notice(type, caller.id(), content)));
        }
    }

    private static Notice notice(String type, String actor, Map<String, String> content) {
        return new Notice(UUID.randomUUID().toString(), type, Instant.now(), actor, content);
    }
}
