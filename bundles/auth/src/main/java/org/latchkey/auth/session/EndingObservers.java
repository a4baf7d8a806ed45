package org.latchkey.auth.session;

import org.latchkey.api.Refusal;
import org.latchkey.api.extension.SessionObserver;
import org.latchkey.api.extension.SessionObserver.Cause;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.service.Sessions.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told that sessions have ended. That one of them fails keeps nobody else from hearing of it. */
final class EndingObservers {

    private static final Logger log = LoggerFactory.getLogger(EndingObservers.class);

    private final Extensions<SessionObserver> observers;

    EndingObservers(Extensions<SessionObserver> observers) {
        this.observers = observers;
    }

    void tell(Session session, Cause cause) {
        try (Chain<SessionObserver> chain = observers.enter()) {
            chain.links().forEach(link -> tell(link, session, cause));
        }
    }

    private static void tell(Link<SessionObserver> link, Session session, Cause cause) {
        try {
            link.call(observer -> {
                observer.ended(session, cause);
                return true;
            });
        } catch (Refusal | PluginFault failed) {
            log.atWarn()
                    .addKeyValue("plugin", link.info().bundle())
                    .setCause(failed)
                    .log("an observer did not take the end of a session");
        }
    }
}
