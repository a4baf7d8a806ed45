package org.latchkey.api.service;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.http.Request;
import org.osgi.annotation.versioning.ProviderType;

/** Signs people in whom a {@link org.latchkey.api.extension.Recognizer} knows by their request alone. */
@ProviderType
public interface Recognition {

    /**
     * Who sent a request. Nobody is signed in by that: it may be to ask them first.
     *
     * @throws org.latchkey.api.Refusal (UNAVAILABLE) if a recognizer that the operator requires is missing or the audit log
     *     cannot be written, (TOO_MANY) after too many refusals at one address, else as a recognizer threw it
     */
    Optional<Principal> recognize(Request request, Caller caller);

    /**
     * Signs in whom {@link #recognize} just gave: throttled, past the lock and the hooks, as one with the right secret.
     *
     * @return nothing if they are locked or refused by policy, which look the same
     * @throws org.latchkey.api.Refusal (TOO_MANY, UNAVAILABLE) if it cannot be judged
     */
    Optional<Principal> admit(Principal recognized, Caller caller);

    /** What to ask browsers for, of all recognizers in service; see {@link org.latchkey.api.extension.Recognizer#CHALLENGE}. */
    List<String> challenges();
}
