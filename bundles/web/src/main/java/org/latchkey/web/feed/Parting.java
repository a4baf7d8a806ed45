package org.latchkey.web.feed;

import org.eclipse.jetty.websocket.core.CloseStatus;

/** Why an answer that goes on ends, and the status with which a WebSocket says so (RFC 6455, 7.4; IANA). */
public enum Parting {
    /** The feed has told all. */
    DONE(CloseStatus.NORMAL),
    /** The plugin is replaced, reconfigured or removed: whoever comes again finds its successor. */
    RESTART(CloseStatus.SERVICE_RESTART),
    /** The server stops. */
    STOP(CloseStatus.SHUTDOWN),
    /** The plugin is at fault. */
    FAULT(CloseStatus.SERVER_ERROR),
    /** The client says more than anybody would read. */
    TOO_LONG(CloseStatus.MESSAGE_TOO_LARGE),
    /** Nobody is there any more to be told. */
    GONE(CloseStatus.NO_CLOSE);

    final int status;

    Parting(int status) {
        this.status = status;
    }
}
