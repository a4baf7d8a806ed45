package org.latchkey.directory.search;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.latchkey.api.Refusal;

/**
 * A position as text that means something with one query only. The check sum finds what was cut, changed or taken from
 * another query. It is no secret and need not be: whoever makes up a position reads on from there what the same query
 * would have given them anyway.
 */
final class Cursor {

    private static final int SUM = 12;
    private static final int LONGEST = 4096;

    private final byte[] query;

    /** Of one query about one kind of thing. */
    Cursor(String kind, String query) {
        this.query = (kind + "\n" + query).getBytes(StandardCharsets.UTF_8);
    }

    String write(Position position) {
        byte[] bytes = bytes(position);
        byte[] all = ByteBuffer.allocate(SUM + bytes.length)
                .put(sum(bytes))
                .put(bytes)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** Refuses (INVALID) what {@link #write} has not written for this query. */
    Position read(String cursor) {
        if (cursor.length() <= LONGEST) {
            Position position = position(decoded(cursor));
            if (write(position).equals(cursor)) {
                return position;
            }
        }
        throw foreign();
    }

    private static byte[] decoded(String cursor) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(cursor);
            return Arrays.copyOfRange(all, Math.min(SUM, all.length), all.length);
        } catch (IllegalArgumentException noBase64) {
            throw foreign();
        }
    }

    private static Position position(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Position(in.readUnsignedByte(), in.readUTF(), in.readUTF());
        } catch (IOException cut) {
            throw foreign();
        }
    }

    private static byte[] bytes(Position position) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(position.source());
            out.writeUTF(position.value());
            out.writeUTF(position.key());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private byte[] sum(byte[] position) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(query);
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(position), SUM);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Refusal foreign() {
        return Refusal.invalid("/cursor", "This is not the cursor of a page of this query.");
    }
}
