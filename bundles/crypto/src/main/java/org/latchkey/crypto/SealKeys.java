package org.latchkey.crypto;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where the keys come from that seal: what the operator gives, the first of several sealing and all opening; else a file in
 * the data directory, which is made when there is none. Nodes that share a database have to be given the same.
 */
final class SealKeys {

    static final String FILE = "seal.key";

    private SealKeys() {}

    /**
     * @param given base64, several with commas between; empty for none
     * @throws IllegalArgumentException if a given key has not 32 bytes
     * @throws IOException if the file is not readable or cannot be made
     */
    static List<SealKey> of(String given, Path data) throws IOException {
        String text = given.isBlank() ? ofFile(data.resolve(FILE)) : given;
        List<SealKey> keys = new ArrayList<>();
        for (String each : text.strip().split("\\s*,\\s*")) {
            keys.add(SealKey.parse(each));
        }
        return List.copyOf(keys);
    }

    private static String ofFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        return Files.readString(file);
    }

    /** Whole or not at all, and never over one that is there. */
    private static void make(Path file) throws IOException {
        byte[] key = new byte[SealKey.BYTES];
        new SecureRandom().nextBytes(key);
        Path fresh = Files.createTempFile(
                file.getParent(),
                "seal",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, Base64.getEncoder().encodeToString(key) + "\n");
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException another) {
            return; // made meanwhile; that one counts
        } catch (UnsupportedOperationException noLinks) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Arrays.fill(key, (byte) 0);
            Files.deleteIfExists(fresh);
        }
    }
}
