package org.latchkey.shell.command;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.apache.felix.service.command.CommandSession;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;

/** Whoever runs a command: what they see, what they type and who they are. */
public final class Terminal {

    /** The session variable that holds the request id. */
    public static final String REQUEST = "latchkey.request";

    private static final int LONGEST_SECRET = 4096;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private final CommandSession session;
    private final PrintStream out;
    private final Caller caller;

    Terminal(CommandSession session) {
        this.session = session;
        this.out = session.getConsole();
        this.caller = Caller.shell(
                session.get(REQUEST) instanceof String given
                        ? given
                        : UUID.randomUUID().toString());
    }

    /** The operator, with this command's request id. */
    Caller caller() {
        return caller;
    }

    /** A file of theirs; relative names begin at the directory they are in. */
    Path file(String name) {
        return session.currentDir().resolve(name);
    }

    /** A file of theirs that can be read, or a refusal. */
    Path readableFile(String name) {
        Path file = file(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw Refusal.notFound("readable file", file.toString());
        }
        return file;
    }

    void print(String line) {
        out.println(Printable.text(line));
    }

    void show(Table table) {
        table.lines().forEach(this::print);
    }

    /** Shows maps, lists and plain values as JSON. */
    void json(Object value) throws IOException {
        JSON.writeValue(out, value);
        out.println();
    }

    /** An array that is shown while it grows; to be closed. */
    SequenceWriter jsonArray() throws IOException {
        return JSON.writer().writeValuesAsArray(out);
    }

    /** Asks for a secret, which neither the screen nor a history shows. The caller closes it. */
    Secret secret() throws IOException {
        byte[] typed = new byte[LONGEST_SECRET];
        try {
            return decoded(typed, read(session.getKeyboard(), typed));
        } catch (CharacterCodingException malformed) {
            throw new UsageException("The secret is not UTF-8.");
        } finally {
            Arrays.fill(typed, (byte) 0);
        }
    }

    private static int read(InputStream keyboard, byte[] typed) throws IOException {
        int length = 0;
        for (int next = keyboard.read(); next >= 0 && next != '\n'; next = keyboard.read()) {
            if (length == typed.length) {
                throw new UsageException("The secret is longer than " + LONGEST_SECRET + " bytes.");
            }
            typed[length++] = (byte) next;
        }
        return length;
    }

    private static Secret decoded(byte[] typed, int length) throws CharacterCodingException {
        CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(typed, 0, length));
        char[] secret = Arrays.copyOf(chars.array(), chars.limit());
        Arrays.fill(chars.array(), '\0');
        if (secret.length == 0) {
            throw new UsageException("No secret was given.");
        }
        return Secret.of(secret);
    }
}
