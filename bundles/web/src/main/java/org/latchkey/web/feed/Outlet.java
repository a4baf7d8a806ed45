package org.latchkey.web.feed;

import java.io.IOException;

/**
 * The client's end of an answer that goes on. All but {@link #part} is called by one thread at a time. Nothing waits: what
 * cannot be sent yet is not asked for yet.
 */
public interface Outlet {

    /** Whether the client takes in more; if not, the follower is woken as soon as it does. */
    boolean isReady();

    /** Sends a piece; only when ready. */
    void send(String piece) throws IOException;

    /** Sees to it that the client has what was sent, in the end; only when ready. */
    void flush() throws IOException;

    /** Sends what tells nothing but that the server is there; only when ready. */
    void beat() throws IOException;

    /** Ends the answer, once. */
    void part(Parting parting, String reason);
}
