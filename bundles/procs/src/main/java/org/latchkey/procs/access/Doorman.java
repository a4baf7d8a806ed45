package org.latchkey.procs.access;

import org.latchkey.api.http.Request;

/** Tells who asks. */
public interface Doorman {

    /** Proctor's header with the name of whoever asks. */
    String EMAIL = "Email-Id";

    /** Proctor's header with their token. */
    String TOKEN = "Access-Token";

    /**
     * @throws org.latchkey.api.Refusal (UNAUTHENTICATED) if nobody is known to be; (INVALID) if they say two things;
     *     (UNAVAILABLE) if it cannot be told
     */
    Visitor identify(Request request);
}
