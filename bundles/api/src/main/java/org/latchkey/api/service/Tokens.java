package org.latchkey.api.service;

import java.time.Instant;
import java.util.Optional;
import org.latchkey.api.Principal;
import org.osgi.annotation.versioning.ProviderType;

/** Bearer tokens: signed JWT (RFC 7519) that other systems can check offline with the public keys. */
@ProviderType
public interface Tokens {

    /** A token on the wire; {@link #toString()} does not show it. */
    record Token(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "Token[expiresAt=" + expiresAt + "]";
        }
    }

    Token issue(Principal principal);

    /** Whose token it is, as they are now: nobody's if it is forged, expired, or they are locked or gone. */
    Optional<Principal> validate(String token);

    /** Signs from now on with a new key; tokens of the old one stay valid until they expire. */
    String rotate();

    /** The public keys as a JSON Web Key Set (RFC 7517). */
    String keySet();
}
