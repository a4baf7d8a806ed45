package org.latchkey.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The two files that hold the identity of this server, looked at again and again. Their content is compared, not
 * their time: what replaces them may be a link, or as old as they are.
 */
final class CertificateFiles {

    private static final int LONGEST = 1 << 20;

    private record Content(byte[] certificates, byte[] key) {

        boolean isSameAs(Content other) {
            return Arrays.equals(certificates, other.certificates) && Arrays.equals(key, other.key);
        }
    }

    /**
     * What a look found.
     *
     * @param fresh an identity that is not the one of the look before
     * @param fault why the files hold none, empty if they do
     */
    record Found(Optional<TlsIdentity> fresh, String fault) {}

    private static final Content NOTHING = new Content(new byte[0], new byte[0]);

    private final Path certificates;
    private final Path key;
    private Content last = NOTHING;
    private Content suspect = NOTHING;
    private String fault = "";

    CertificateFiles(Path certificates, Path key) {
        this.certificates = certificates;
        this.key = key;
    }

    /** Reads them for the first time. */
    TlsIdentity first() throws TlsIdentity.Unusable {
        Content now = read();
        TlsIdentity identity = TlsIdentity.parse(now.certificates(), now.key());
        last = now;
        return identity;
    }

    /**
     * Looks again. Two files are not replaced at one moment: only what is still broken at the next look is a fault.
     */
    Found look() {
        Content now = NOTHING;
        try {
            now = read();
            if (now.isSameAs(last)) {
                fault = "";
                return new Found(Optional.empty(), fault);
            }
            TlsIdentity identity = TlsIdentity.parse(now.certificates(), now.key());
            last = now;
            fault = "";
            return new Found(Optional.of(identity), fault);
        } catch (TlsIdentity.Unusable unusable) {
            if (now.isSameAs(suspect)) {
                fault = unusable.getMessage();
            }
            suspect = now;
            return new Found(Optional.empty(), fault);
        }
    }

    private Content read() throws TlsIdentity.Unusable {
        return new Content(read(certificates), read(key));
    }

    private static byte[] read(Path file) throws TlsIdentity.Unusable {
        try {
            if (Files.size(file) > LONGEST) {
                throw new TlsIdentity.Unusable(file.getFileName() + " is too long for a certificate or a key");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new TlsIdentity.Unusable(file.getFileName() + " cannot be read");
        }
    }
}
