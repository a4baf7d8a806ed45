package org.latchkey.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.api.service.Outbound.Answer;

/**
 * Reads one HTTP/1.1 answer (RFC 9112) of a connection that ends with it, and no more of it than is wanted. What is not
 * plainly an answer is none.
 */
final class AnswerReader {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})( .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \t]*(;.*)?");
    private static final int LONGEST_STATUS = 512;
    private static final int MOST_HEAD = 16_384;

    private final InputStream in;
    private final int mostBytes;
    private int headLeft = MOST_HEAD;

    /** The body has more bytes than are wanted. */
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;

        TooLarge(int most) {
            super("the answer has more than " + most + " bytes");
        }
    }

    /** @param mostBytes of the body; 0: nothing is read after the first line, but when to come again */
    AnswerReader(InputStream in, int mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    Answer read() throws IOException {
        int status = status();
        if (mostBytes == 0) {
            return new Answer(status, "", new byte[0], RetryAfter.goesWith(status) ? retryAfter() : Optional.empty());
        }
        Map<String, String> headers = headers();
        while (status < 200) { // interim ones (RFC 9110, 15.2)
            status = status();
            headers = headers();
        }
        String encoding = headers.getOrDefault("content-encoding", "identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new IOException("the answer is encoded although that was not asked for");
        }
        byte[] body = status == 204 || status == 304 ? new byte[0] : body(headers);
        Optional<Duration> retryAfter =
                RetryAfter.goesWith(status) ? RetryAfter.in(headers, Instant.now()) : Optional.empty();
        return new Answer(status, headers.getOrDefault("content-type", ""), body, retryAfter);
    }

    /** The status has been said: should the rest be missing, that is no reason to lose it. */
    private Optional<Duration> retryAfter() {
        try {
            return RetryAfter.in(headers(), Instant.now());
        } catch (IOException nothingElseSaid) {
            return Optional.empty();
        }
    }

    private int status() throws IOException {
        Matcher status = STATUS.matcher(line(Math.min(LONGEST_STATUS, headLeft)));
        if (!status.matches()) {
            throw new IOException("the answer is not HTTP/1.1");
        }
        return Integer.parseInt(status.group(1));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(headLeft); !line.isEmpty(); line = line(headLeft)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("the answer has a header without a name");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            String other = headers.put(name, value);
            boolean framing = name.equals("content-length") || name.equals("transfer-encoding");
            if (framing && other != null && !other.equals(value)) {
                throw new IOException("the answer says twice how long it is");
            }
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        Optional<String> coding = Optional.ofNullable(headers.get("transfer-encoding"));
        if (coding.isPresent()) {
            if (!coding.get().equalsIgnoreCase("chunked")) {
                throw new IOException("the answer is transferred in an unknown way");
            }
            return chunks();
        }
        String length = headers.get("content-length");
        if (length == null) {
            return untilTheEnd();
        }
        if (!LENGTH.matcher(length).matches()) {
            throw new IOException("the length of the answer is no number");
        }
        return exactly(Long.parseLong(length));
    }

    private byte[] untilTheEnd() throws IOException {
        byte[] body = in.readNBytes(mostBytes);
        if (in.read() >= 0) {
            throw new TooLarge(mostBytes);
        }
        return body;
    }

    private byte[] exactly(long length) throws IOException {
        if (length > mostBytes) {
            throw new TooLarge(mostBytes);
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new IOException("the answer ended early");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Matcher size = CHUNK.matcher(line(LONGEST_STATUS));
            if (!size.matches()) {
                throw new IOException("the answer is not in chunks");
            }
            int length = Integer.parseInt(size.group(1), 16);
            if (length == 0) {
                headers(); // of the end, nobody's business
                return body.toByteArray();
            }
            if (length > mostBytes - body.size()) {
                throw new TooLarge(mostBytes);
            }
            body.write(exactly(length));
            if (!line(LONGEST_STATUS).isEmpty()) {
                throw new IOException("the answer is not in chunks");
            }
        }
    }

    /** Up to the end of the line, without it. The head as a whole has a limit. */
    private String line(int longest) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() >= longest) {
                throw new IOException(next < 0 ? "the answer ended early" : "the answer has too long a head");
            }
            line.write(next);
        }
        headLeft -= line.size() + 1;
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
