package org.latchkey.api.extension;

import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Secret;

/**
 * The change a hook judges.
 *
 * @param caller who asks for it
 * @param before the value as it is stored now, absent on creation
 * @param secret the new plaintext secret, at the two secret points and on creation, for hooks granted
 *     {@link DirectoryHook#SECRET_READ}; wiped when the call returns
 */
public record Change<T>(Caller caller, Optional<T> before, Optional<Secret> secret) {

    public Change<T> withSecret(Optional<Secret> shown) {
        return new Change<>(caller, before, shown);
    }
}
