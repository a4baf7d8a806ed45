package org.latchkey.auth;

import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.service.Tokens;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Without a key to sign with there are no tokens. */
@Component
public final class TokenKeyHealth implements HealthCheck {

    private final Tokens tokens;

    @Activate
    public TokenKeyHealth(@Reference Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "token-key";
    }

    @Override
    public Optional<String> fault() {
        try {
            tokens.keySet();
            return Optional.empty();
        } catch (Refusal | IllegalStateException noKey) {
            return Optional.of("there is no usable signing key");
        }
    }
}
