package org.latchkey.ldap;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerExceptionHandler;
import com.unboundid.ldap.sdk.LDAPException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong with connections is said in the log, without anything a client sent. */
final class Trouble implements LDAPListenerExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Trouble.class);
    private static final long PAUSE_MILLIS = 100;

    /** Waits a little: the library tries again at once, and the cause may be that there is no file handle left. */
    @Override
    public void connectionCreationFailure(Socket socket, Throwable cause) {
        log.atWarn().addKeyValue("cause", cause.getClass().getSimpleName()).log("a connection could not be taken");
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void connectionTerminated(LDAPListenerClientConnection connection, LDAPException cause) {
        log.atDebug()
                .addKeyValue("address", connection.getSocket().getInetAddress().getHostAddress())
                .addKeyValue("result", cause.getResultCode().getName())
                .log("a connection was cut");
    }
}
