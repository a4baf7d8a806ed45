package org.latchkey.auth;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Outbox;

/** Tells of sign-ins. None of them waits for that, and none is kept from it. */
final class SignInNotices {

    private static final int LONGEST_NAME = 256;

    private final Outbox outbox;
    private final Directory directory;

    SignInNotices(Outbox outbox, Directory directory) {
        this.outbox = outbox;
        this.directory = directory;
    }

    void succeeded(Principal principal, Caller caller) {
        tell("authentication.succeeded", caller, Map.of("entity", principal.id(), "source", principal.source()));
    }

    /**
     * An authenticator rejected somebody. Whom, is told if the directory knows the name that was typed, for people type
     * their secrets there and an authenticator may reject whatever it is asked about: in doubt it is told without.
     */
    void failed(String name, Caller caller, String outcome) {
        if (outbox.isAwaited()) {
            tell("authentication.failed", caller, withEntity(name, Map.of("outcome", outcome)));
        }
    }

    /** The name is told if it is one, see {@link #failed}. */
    void throttled(String name, String address, String limit) {
        if (outbox.isAwaited()) {
            Map<String, String> content = withEntity(name, Map.of("address", address, "limit", limit));
            outbox.tell(List.of(notice("authentication.throttled", "anonymous", content)));
        }
    }

    private Map<String, String> withEntity(String name, Map<String, String> facts) {
        Map<String, String> content = new HashMap<>(facts);
        if (isKnown(name)) {
            content.put("entity", name);
        }
        return content;
    }

    private boolean isKnown(String name) {
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
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
