package org.latchkey.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What {@code features/} and the jars they name look like, short enough to compare at every start. It tells "changed"
 * from "the same"; it is no protection against somebody who may write there.
 */
final class Fingerprint {

    /** A jar ends with its table of contents, which holds a checksum of every entry; that much of it is read. */
    private static final int TAIL = 64 * 1024;

    private final CRC32 checksum = new CRC32();
    private long bytes;

    private Fingerprint() {}

    static String of(Path features, List<Path> jars) {
        Fingerprint fingerprint = new Fingerprint();
        try {
            for (Path feature : Features.files(features)) {
                fingerprint.add(feature, Integer.MAX_VALUE);
            }
            for (Path jar : jars) {
                fingerprint.add(jar, TAIL);
            }
        } catch (IOException unreadable) {
            throw new StartRefused("the distribution is not complete: " + unreadable.getMessage(), unreadable);
        }
        return Long.toHexString(fingerprint.checksum.getValue()) + "-" + fingerprint.bytes;
    }

    private void add(Path file, int tail) throws IOException {
        checksum.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(size, tail));
            channel.position(size - end.capacity());
            while (end.hasRemaining() && channel.read(end) >= 0) {
                // a file channel may give less than asked for
            }
            checksum.update(end.flip());
            bytes += size;
        }
    }

    /** Whether this file holds that fingerprint. */
    static boolean isIn(Path file, String fingerprint) throws IOException {
        return Files.exists(file) && Files.readString(file).equals(fingerprint);
    }
}
