package org.latchkey.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.util.Base64;

/** Certificates that sign themselves, in files. */
final class Pem {

    private static final long DAY = 86_400_000;

    private Pem() {}

    /** Writes a certificate and its key as an operator gets them. */
    static void write(Path certificate, Path key, String host) throws Exception {
        long now = System.currentTimeMillis();
        var made = X509Certificate.generateSelfSignedCertificate(
                SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
                PublicKeyAlgorithmIdentifier.RSA,
                2048,
                new DN("cn=" + host),
                now - DAY,
                now + DAY);
        KeyPair pair = made.getSecond();
        Files.writeString(certificate, block("CERTIFICATE", made.getFirst().getX509CertificateBytes()));
        Files.writeString(key, block("PRIVATE KEY", pair.getPrivate().getEncoded()));
        // so that the change shows, however coarse the clock of the file system is
        Files.setLastModifiedTime(certificate, FileTime.fromMillis(now + host.length() * 1000L));
    }

    private static String block(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + type + "-----\n";
    }
}
