package org.latchkey.cas;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.latchkey.cas.logout.BackChannel;
import org.latchkey.cas.proxy.CallbackGuard;
import org.latchkey.cas.proxy.ProxyCallback;
import org.latchkey.cas.proxy.TrustedCertificates;

/** The two ways in which the server itself calls applications. */
record Outside(BackChannel backChannel, ProxyCallback callbacks) implements AutoCloseable {

    private static final int CALLBACKS_AT_ONCE = 16;
    private static final Duration CALLBACK_LIMIT = Duration.ofSeconds(5);
    private static final int LOGOUTS_AT_ONCE = 32;
    private static final int LOGOUTS_WAITING = 10_000;
    private static final Duration LOGOUT_LIMIT = Duration.ofSeconds(2);

    /** @throws IllegalArgumentException if the file of authorities cannot be read */
    static Outside of(CasEndpoint.Config config, String publicUrl) {
        SSLSocketFactory tls = tls(config.callbackAuthorities());
        CallbackGuard guard = new CallbackGuard(List.of(config.privateCallbackHosts()), URI.create(publicUrl));
        return new Outside(
                new BackChannel(tls, LOGOUTS_AT_ONCE, LOGOUTS_WAITING, LOGOUT_LIMIT),
                new ProxyCallback(guard, tls, CALLBACKS_AT_ONCE, CALLBACK_LIMIT));
    }

    private static SSLSocketFactory tls(String authorities) {
        try {
            return authorities.isEmpty()
                    ? TrustedCertificates.ofTheJdk()
                    : TrustedCertificates.of(Path.of(authorities));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("The callbackAuthorities cannot be read.", unreadable);
        }
    }

    @Override
    public void close() {
        backChannel.close();
        callbacks.close();
    }
}
