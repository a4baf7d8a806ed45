package org.latchkey.web.certificate;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes every certificate that a client shows. TLS itself has the client prove that it has the key (RFC 8446, 4.4.3); who vouches
 * for the name is asked later, by {@link CertificateDesk}, for a certificate that signs itself may be known to an application
 * (RFC 8705, 2.2) without any authority. A handshake that failed could not tell its reason either. Never for servers.
 */
public final class AnyCertificate extends X509ExtendedTrustManager {

    private final Supplier<X509Certificate[]> hints;

    /** @param hints authorities that clients are told of, so that they offer a certificate of these; of none, they offer any */
    public AnyCertificate(Supplier<X509Certificate[]> hints) {
        this.hints = hints;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return hints.get();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw ofServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw ofServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw ofServer();
    }

    private static CertificateException ofServer() {
        return new CertificateException("This is for clients alone.");
    }
}
