package org.latchkey.runtime;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * {@code bin/latchkey certgen}: writes {@code tls.crt} and {@code tls.key}, both their owner's alone. A server that
 * runs on these files takes them up by itself.
 */
public final class CertificateCommand {

    private static final int FINE = 0;
    private static final int REFUSED = 1;

    private CertificateCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> words) {
        try {
            Path home = Path.of(System.getProperty("latchkey.home", "."));
            CertificateRequest request = CertificateRequest.parse(words, home.resolve("etc"));
            System.out.println(make(request));
            return FINE;
        } catch (StartRefused refused) {
            System.err.println("latchkey: " + refused.getMessage());
        } catch (IOException | CertificateEncodingException broken) {
            System.err.println("latchkey: " + broken);
        }
        return REFUSED;
    }

    /** Gives what to tell the operator; refused if a file is there and may not be replaced. */
    static String make(CertificateRequest request) throws IOException, CertificateEncodingException {
        Path certificate = request.directory().resolve("tls.crt");
        Path key = request.directory().resolve("tls.key");
        for (Path file : List.of(certificate, key)) {
            if (request.existing() == CertificateRequest.Existing.KEPT && Files.exists(file)) {
                throw new StartRefused(file + " is there already; --force replaces it");
            }
        }
        Files.createDirectories(request.directory());
        SelfSigned made = SelfSigned.of(request.names(), Duration.ofDays(request.days()));
        write(key, pem("PRIVATE KEY", made.key().getEncoded()));
        write(certificate, pem("CERTIFICATE", made.certificate().getEncoded()));
        return "Wrote " + certificate + " and " + key + ", for " + String.join(", ", request.names()) + ", valid until "
                + made.certificate().getNotAfter().toInstant() + ".\n"
                + "To serve HTTPS with them: LATCHKEY_HTTPS_PORT=8443 LATCHKEY_TLS_CERTIFICATE=" + certificate
                + " LATCHKEY_TLS_KEY=" + key;
    }

    private static String pem(String type, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        return text.toString();
    }

    /** Its owner's from the first byte on, and never half written. */
    private static void write(Path file, String content) throws IOException {
        Path fresh = Files.createTempFile(
                file.getParent(),
                ".tls",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
