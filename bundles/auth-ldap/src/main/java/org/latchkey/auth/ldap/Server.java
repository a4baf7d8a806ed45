package org.latchkey.auth.ldap;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One directory server, which is left alone for a while when it does not answer: no sign-in waits for what another has
 * just waited for in vain. When the while is over, one tries it, and the others go on without it meanwhile.
 */
final class Server {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final Address address;
    private final Duration trial;
    private Optional<String> fault = Optional.empty();
    private long restsUntil;

    /** @param trial how long the one that tries it may take */
    Server(Address address, Duration trial) {
        this.address = address;
        this.trial = trial;
    }

    Address address() {
        return address;
    }

    /** What was wrong when it was asked last. */
    synchronized Optional<String> fault() {
        return fault;
    }

    /** Whether the caller should ask it; who is told so says how it went. */
    synchronized boolean isDue() {
        long now = System.nanoTime();
        if (fault.isPresent() && now < restsUntil) {
            return false;
        }
        restsUntil = now + trial.toNanos();
        return true;
    }

    synchronized void answered() {
        if (fault.isPresent()) {
            log.atInfo().addKeyValue("server", address).log("the directory server answers again");
        }
        fault = Optional.empty();
    }

    synchronized void failed(String why, Duration rest) {
        log.atWarn()
                .addKeyValue("server", address)
                .addKeyValue("reason", why)
                .addKeyValue("restMillis", rest.toMillis())
                .log("the directory server cannot be used");
        fault = Optional.of(address + ": " + why);
        restsUntil = System.nanoTime() + rest.toNanos();
    }
}
