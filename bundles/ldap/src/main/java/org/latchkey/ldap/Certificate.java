package org.latchkey.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate to encrypt with, read anew when its files change. One that cannot be used does not take the place
 * of one that can: files are often replaced one after the other.
 */
final class Certificate {

    private static final Logger log = LoggerFactory.getLogger(Certificate.class);
    private static final long LOOK = TimeUnit.SECONDS.toNanos(1);
    private static final byte[] SAMPLE = {1, 2, 3};

    /** What the key is wrapped with between two lines of code. */
    private static final char[] IN_MEMORY = {};

    private final Settings.Files files;
    private String seen = "";
    private long looked = System.nanoTime() - LOOK;
    private volatile Optional<SSLSocketFactory> sockets = Optional.empty();
    private volatile Optional<String> fault = Optional.empty();

    Certificate(Settings.Files files) {
        this.files = files;
    }

    boolean isUsable() {
        return sockets.isPresent();
    }

    SSLSocketFactory sockets() {
        return sockets.orElseThrow(() -> new IllegalStateException("there is no certificate"));
    }

    /** What is wrong with the files as they are now. */
    Optional<String> fault() {
        return fault;
    }

    /** Looks whether the files have changed, at most once a second. Called by one thread. */
    void refresh() {
        if (System.nanoTime() - looked < LOOK) {
            return;
        }
        looked = System.nanoTime();
        try {
            String stamp = stamp(files.certificate()) + stamp(files.key());
            if (!stamp.equals(seen)) {
                seen = stamp;
                sockets = Optional.of(load());
                fault = Optional.empty();
                log.atInfo().addKeyValue("file", files.certificate()).log("the certificate for LDAP was read");
            }
        } catch (IOException | GeneralSecurityException unusable) {
            tell("the certificate for LDAP cannot be used: " + unusable.getMessage());
        }
    }

    private static String stamp(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("there is no readable file " + file);
        }
        return file + " " + Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file) + "\n";
    }

    private SSLSocketFactory load() throws GeneralSecurityException, IOException {
        X509Certificate[] chain = chain(files.certificate());
        PrivateKey key = PemKey.read(files.key(), chain[0].getPublicKey().getAlgorithm());
        refuseStrangers(key, chain[0].getPublicKey());
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("ldap", key, IN_MEMORY, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, IN_MEMORY);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getSocketFactory();
    }

    private static X509Certificate[] chain(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new CertificateException("there is no certificate in " + file);
            }
            return chain;
        }
    }

    /** A key that does not belong to the certificate would fail every handshake. */
    private static void refuseStrangers(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(SAMPLE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key does not belong to the certificate");
        }
    }

    private void tell(String what) {
        if (!fault.equals(Optional.of(what))) {
            log.atError().log(what);
        }
        fault = Optional.of(what);
    }
}
