package org.latchkey.web.certificate;

import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS that asks clients for a certificate when it should, and serves those who have none too. */
public final class AskingTls extends SslContextFactory.Server {

    private final BooleanSupplier isAsking;
    private final Supplier<X509Certificate[]> hints;

    /**
     * @param isAsking asked anew for each connection
     * @param hints see {@link AnyCertificate}
     */
    public AskingTls(BooleanSupplier isAsking, Supplier<X509Certificate[]> hints) {
        this.isAsking = isAsking;
        this.hints = hints;
        setIncludeProtocols("TLSv1.3", "TLSv1.2");
        setRenegotiationAllowed(false);
    }

    @Override
    protected TrustManager[] getTrustManagers(KeyStore none, Collection<? extends CRL> nothing) {
        return new TrustManager[] {new AnyCertificate(hints)};
    }

    @Override
    public SSLParameters customize(SSLParameters parameters) {
        SSLParameters all = super.customize(parameters);
        all.setWantClientAuth(isAsking.getAsBoolean());
        return all;
    }
}
