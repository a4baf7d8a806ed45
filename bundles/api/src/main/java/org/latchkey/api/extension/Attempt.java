package org.latchkey.api.extension;

import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Secret;

/**
 * Somebody trying to sign in.
 *
 * @param id the name they gave
 * @param secret what they gave as secret: for authenticators, and for hooks granted
 *     {@link DirectoryHook#SECRET_READ}; wiped when the call returns. There is none if they were recognized without
 *     one; see {@link Recognizer}
 * @param caller where they come from
 */
public record Attempt(String id, Optional<Secret> secret, Caller caller) {

    public Attempt withSecret(Optional<Secret> shown) {
        return new Attempt(id, shown, caller);
    }
}
