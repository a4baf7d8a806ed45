package org.latchkey.oauth.client;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Capability;
import org.latchkey.api.Principal;
import org.latchkey.api.service.Tokens;

/** {@code root} is root's, {@code ada} that of somebody with a lesser capability. */
public final class TwoTokens implements Tokens {

    @Override
    public Token issue(Principal principal) {
        return new Token(principal.id(), Instant.MAX);
    }

    @Override
    public Optional<Principal> validate(String token) {
        return switch (token) {
            case "root" -> Optional.of(principal(token, Capability.GLOBAL_ROOT));
            case "ada" -> Optional.of(principal(token, Capability.CREATE_GROUP));
            default -> Optional.empty();
        };
    }

    private static Principal principal(String id, Capability capability) {
        return new Principal(id, "directory", Set.of(), Set.of(capability));
    }

    @Override
    public String rotate() {
        return "";
    }

    @Override
    public String keySet() {
        return "";
    }
}
