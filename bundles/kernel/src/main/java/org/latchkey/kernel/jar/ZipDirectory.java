package org.latchkey.kernel.jar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directory at the end of a zip (APPNOTE.TXT 4.3.12 and 4.3.16), read byte by byte: the JDK hides
 * entries of the same name, file modes and what the local headers say.
 */
final class ZipDirectory {

    private static final int END = 0x06054B50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int MEMBER = 0x02014B50;
    private static final int MEMBER_LENGTH = 46;
    private static final int IN_ZIP64 = 0xFFFF;

    private final SeekableByteChannel file;

    ZipDirectory(SeekableByteChannel file) {
        this.file = file;
    }

    /** Where the directory lies. */
    record Place(int members, long offset, long length) {}

    /** The last bytes of a zip, if the file ends with them: what is under way ends otherwise. */
    Optional<Place> place() throws IOException {
        long size = file.size();
        ByteBuffer tail = bytes(Math.max(0, size - END_LENGTH - MAX_COMMENT), END_LENGTH + MAX_COMMENT);
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                boolean endsTheFile = at + END_LENGTH + u2(tail, at + 20) == tail.limit();
                return endsTheFile
                        ? Optional.of(new Place(u2(tail, at + 10), u4(tail, at + 16), u4(tail, at + 12)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Every entry, in the order of the directory. */
    List<ZipMember> members(int atMost) throws IOException, Rejection {
        Place place = place().orElseThrow(() -> damaged("it does not end with the directory of a zip"));
        if (place.members() == IN_ZIP64) {
            throw new Rejection("It is in the Zip64 form, which a jar of its size does not need.");
        }
        if (place.members() > atMost) {
            throw new Rejection("It has more than " + atMost + " entries.");
        }
        if (place.offset() + place.length() > file.size()) {
            throw damaged("its directory lies outside of it");
        }
        ByteBuffer directory = bytes(place.offset(), Math.toIntExact(place.length()));
        List<ZipMember> members = new ArrayList<>();
        while (directory.remaining() >= MEMBER_LENGTH && members.size() <= atMost) {
            members.add(member(directory));
        }
        if (directory.hasRemaining() || members.size() != place.members()) {
            throw damaged("its directory lists another number of entries than it says");
        }
        return members;
    }

    private static ZipMember member(ByteBuffer directory) throws Rejection {
        int at = directory.position();
        int nameLength = u2(directory, at + 28);
        int length = MEMBER_LENGTH + nameLength + u2(directory, at + 30) + u2(directory, at + 32);
        if (directory.getInt(at) != MEMBER || length > directory.remaining()) {
            throw damaged("its directory is cut off");
        }
        directory.position(at + length);
        return new ZipMember(
                name(directory.slice(at + MEMBER_LENGTH, nameLength)),
                u2(directory, at + 8),
                u2(directory, at + 10),
                u4(directory, at + 16),
                u4(directory, at + 20),
                u4(directory, at + 24),
                u4(directory, at + 42),
                u2(directory, at + 40));
    }

    static String name(ByteBuffer bytes) throws Rejection {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException otherwise) {
            throw new Rejection("It has an entry whose name is not UTF-8.");
        }
    }

    /** As many bytes as there are, little-endian as all of a zip. */
    ByteBuffer bytes(long from, int atMost) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(atMost, file.size() - from)));
        file.position(from);
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    static Rejection damaged(String how) {
        return new Rejection("It is truncated or damaged: " + how + ".");
    }

    static int u2(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    static long u4(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }
}
