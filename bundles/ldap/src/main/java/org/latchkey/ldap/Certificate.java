package org.latchkey.ldap;

import com.unboundid.util.ssl.PEMFileKeyManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
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
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            tell("the certificate for LDAP cannot be used: " + unusable.getMessage());
        }
    }

    private static String stamp(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("there is no readable file " + file);
        }
        return file + " " + Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file) + "\n";
    }

    private SSLSocketFactory load() throws GeneralSecurityException {
        PEMFileKeyManager keys =
                new PEMFileKeyManager(files.certificate().toFile(), files.key().toFile());
        String alias = keys.getServerAliases(null, null)[0];
        refuseStrangers(keys.getPrivateKey(alias), keys.getCertificateChain(alias)[0].getPublicKey());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {keys}, null, null);
        return context.getSocketFactory();
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
