package org.latchkey.cas;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Rules;
import org.latchkey.cas.logout.BackChannel;
import org.latchkey.cas.proxy.ProxyCallback;

/** The two ways in which the server itself calls applications. */
record Outside(BackChannel backChannel, ProxyCallback callbacks) implements AutoCloseable {

    private static final int CALLBACKS_AT_ONCE = 16;
    private static final int CALLBACKS_WAITING = 64;
    private static final Duration CALLBACK_LIMIT = Duration.ofSeconds(5);
    private static final int LOGOUTS_AT_ONCE = 32;
    private static final int LOGOUTS_WAITING = 10_000;
    private static final Duration LOGOUT_LIMIT = Duration.ofSeconds(2);

    /** So many of them to one application, that one which does not answer leaves some for others. */
    private static final int SHARE = 2;

    /** @throws IllegalArgumentException if the file of authorities cannot be read */
    static Outside of(CasEndpoint.Config config, Outbound outbound) {
        Set<String> inside = Set.copyOf(List.of(config.privateCallbackHosts()));
        Optional<Path> authorities = Optional.of(config.callbackAuthorities())
                .filter(file -> !file.isEmpty())
                .map(Path::of);
        Rules logouts = new Rules(
                "latchkey-cas-logout",
                LOGOUTS_AT_ONCE,
                LOGOUTS_AT_ONCE / SHARE,
                LOGOUTS_WAITING,
                Set.of(),
                authorities);
        Rules callbacks = new Rules(
                "latchkey-cas-callback",
                CALLBACKS_AT_ONCE,
                CALLBACKS_AT_ONCE / SHARE,
                CALLBACKS_WAITING,
                inside,
                authorities);
        return new Outside(
                new BackChannel(outbound.open(logouts), LOGOUT_LIMIT),
                new ProxyCallback(outbound.open(callbacks), CALLBACK_LIMIT));
    }

    @Override
    public void close() {
        backChannel.close();
        callbacks.close();
    }
}
