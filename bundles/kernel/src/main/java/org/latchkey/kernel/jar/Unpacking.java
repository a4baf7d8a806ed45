package org.latchkey.kernel.jar;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Unpacks all of a jar into nothing, and the jars within it, and refuses it as soon as that is more than a
 * plugin can need. Counts what really comes out, not what the entries say.
 */
final class Unpacking {

    /** All jars in it, and the entries of all of them, count together. */
    record Limits(long bytes, long ratio, long alwaysAllowed, int entries, int depth) {

        long bytesFor(long packed) {
            return Math.min(bytes, Math.max(alwaysAllowed, ratio * packed));
        }
    }

    static final Limits LIMITS = new Limits(512L << 20, 100, 16L << 20, 20_000, 3);

    private final Limits limits;
    private long bytesLeft;
    private int entriesLeft;

    private Unpacking(Limits limits, long packed) {
        this.limits = limits;
        this.bytesLeft = limits.bytesFor(packed);
        this.entriesLeft = limits.entries();
    }

    static void refuse(Path file) throws IOException, Rejection {
        refuse(file, LIMITS);
    }

    static void refuse(Path file, Limits limits) throws IOException, Rejection {
        long packed = Files.size(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Unpacking unpacking = new Unpacking(limits, packed);
            for (ZipEntry entry : Collections.list(zip.entries())) {
                unpacking.entry(zip, entry);
            }
        } catch (TooMuch tooMuch) {
            throw new Rejection(tooMuch.getMessage());
        } catch (ZipException | EOFException broken) {
            throw ZipDirectory.damaged(String.valueOf(broken.getMessage()));
        }
    }

    private void entry(ZipFile zip, ZipEntry entry) throws IOException, Rejection {
        countEntry();
        try (Counted counted = new Counted(zip.getInputStream(entry));
                CheckedInputStream content = new CheckedInputStream(counted, new CRC32())) {
            unpack(content, 1);
            if (content.getChecksum().getValue() != entry.getCrc() || counted.count != entry.getSize()) {
                throw ZipDirectory.damaged("the entry " + entry.getName() + " is not what its checksum says");
            }
        }
    }

    /** Reads it to its end; if it begins like a jar, as a jar. */
    private void unpack(InputStream content, int depth) throws IOException {
        PushbackInputStream from = new PushbackInputStream(content, Integer.BYTES);
        byte[] start = from.readNBytes(Integer.BYTES);
        from.unread(start);
        if (start.length == Integer.BYTES && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
            unpackInner(from, depth + 1);
        }
        from.transferTo(OutputStream.nullOutputStream());
    }

    private void unpackInner(InputStream content, int depth) throws IOException {
        if (depth > limits.depth()) {
            throw new TooMuch("Jars within jars lie more than " + limits.depth() + " deep in it.");
        }
        ZipInputStream inner = new ZipInputStream(content);
        while (next(inner) != null) {
            countEntry();
            unpack(new Counted(inner), depth);
        }
    }

    private static ZipEntry next(ZipInputStream inner) throws IOException {
        try {
            return inner.getNextEntry();
        } catch (IllegalArgumentException malformed) {
            throw new ZipException("a jar in it has an entry whose name is not UTF-8");
        }
    }

    private void countEntry() throws TooMuch {
        entriesLeft--;
        if (entriesLeft < 0) {
            throw new TooMuch("It has more than " + limits.entries() + " entries, counted with the jars in it.");
        }
    }

    private final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws TooMuch {
            count += read;
            bytesLeft -= read;
            if (bytesLeft < 0) {
                throw new TooMuch("Unpacked it is larger than " + (limits.bytes() >> 20) + " MiB, or than "
                        + limits.ratio() + " times itself.");
            }
        }
    }

    private static final class TooMuch extends IOException {

        private static final long serialVersionUID = 1L;

        TooMuch(String reason) {
            super(reason);
        }
    }
}
