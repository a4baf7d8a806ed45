package org.latchkey.auth;

import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.service.Tokens;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;

/**
 * Without a key to sign with there are no tokens. The keys are looked at from the moment the server is ready
 * on: nobody can ask for a token before, and reading them, or making the first, would only delay that moment.
 */
@Component
public final class TokenKeyHealth implements HealthCheck {

    private final Tokens tokens;

    @Reference(
            target = "(" + Condition.CONDITION_ID + "=latchkey.ready)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    private volatile Condition ready;

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
        if (ready == null) {
            return Optional.empty();
        }
        try {
            tokens.keySet();
            return Optional.empty();
        } catch (Refusal | IllegalStateException noKey) {
            return Optional.of("there is no usable signing key");
        }
    }
}
