package org.latchkey.auth.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Which certificates of directory servers are believed. There is no way to believe all. */
final class Trust {

    private Trust() {}

    /** Those that the Java installation believes. */
    static SSLSocketFactory ofJava() {
        try {
            return sockets(Optional.empty());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("this Java believes no certificate", unusable);
        }
    }

    /**
     * Those that one in a PEM file has signed, and those in it.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static SSLSocketFactory ofPem(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new CertificateException("there is no certificate in it");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate each : certificates) {
                store.setCertificateEntry("ca" + number++, each);
            }
            return sockets(Optional.of(store));
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable("caFile", file, unusable);
        }
    }

    /**
     * Those that one in a PKCS #12 or JKS file has signed, and those in it.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static SSLSocketFactory ofStore(Path file, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance(file.toFile(), password);
            if (store.size() == 0) {
                throw new CertificateException("there is no certificate in it");
            }
            return sockets(Optional.of(store));
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable("trustStore", file, unusable);
        }
    }

    private static IllegalArgumentException unusable(String setting, Path file, Exception why) {
        return new IllegalArgumentException(setting + " cannot be used: " + file + ": " + why.getMessage(), why);
    }

    private static SSLSocketFactory sockets(Optional<KeyStore> believed) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed.orElse(null));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
