package org.latchkey.kernel.jar;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Refuses a file that is no zip, that two programs could read in two ways, or that is a bomb. Writes nothing. */
final class SoundZip {

    private static final long MAX_FILE = 64L << 20;

    private SoundZip() {}

    static void refuse(Path file) throws IOException, Rejection {
        refuseSize(file);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ZipDirectory zip = new ZipDirectory(channel);
            refuseOtherBeginning(zip);
            List<ZipMember> members = zip.members(Unpacking.LIMITS.entries());
            EntryNames.refuse(members);
            new LocalHeaders(zip).refuse(members);
        }
        Unpacking.refuse(file);
    }

    /** Whether the file may still be the beginning of a jar that is being written. */
    static boolean mayGrow(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            return false;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ZipDirectory zip = new ZipDirectory(channel);
            return channel.size() < Integer.BYTES
                    || beginsLikeAJar(zip) && zip.place().isEmpty();
        }
    }

    private static void refuseSize(Path file) throws IOException, Rejection {
        long size = Files.size(file);
        if (size == 0) {
            throw new Rejection("It is empty (0 bytes).");
        }
        if (size > MAX_FILE) {
            throw new Rejection("It is larger than " + (MAX_FILE >> 20) + " MiB.");
        }
    }

    private static void refuseOtherBeginning(ZipDirectory zip) throws IOException, Rejection {
        if (!beginsLikeAJar(zip)) {
            throw new Rejection("It is not a jar: it does not begin like one.");
        }
    }

    private static boolean beginsLikeAJar(ZipDirectory zip) throws IOException {
        return zip.bytes(0, Integer.BYTES).limit() == Integer.BYTES
                && zip.bytes(0, Integer.BYTES).getInt() == LocalHeaders.HEADER;
    }
}
