package org.latchkey.itest.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client without manners: it sends what it is told, byte by byte. */
public final class Wire {

    private static final int PATIENCE_MILLIS = 15_000;

    private static final int PAUSE_MILLIS = 300;

    private final int port;

    public Wire(int port) {
        this.port = port;
    }

    /** What came back; status 0 if the server broke the connection off before it answered. */
    public record Answer(int status, String head, String body) {

        /** The value of a header, empty if it is not there. */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Sends a GET of this target, without credentials. */
    public Answer get(String target) {
        return send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n");
    }

    /** Sends these bytes (ISO 8859-1), each piece a little later, and reads until the server closes the connection. */
    public Answer send(String... pieces) {
        String request = String.join("", pieces);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            for (String piece : pieces) {
                write(socket, piece);
                Thread.sleep(pieces.length > 1 ? PAUSE_MILLIS : 0);
            }
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (SocketTimeoutException open) {
            throw new AssertionError("The connection stays open after: " + start(request), open);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (SocketException brokenOff) {
            return new Answer(0, "", "");
        } catch (IOException failed) {
            throw new UncheckedIOException("After: " + start(request), failed);
        }
    }

    private static void write(Socket socket, String request) throws IOException {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException brokenOff) {
            // The server has heard enough; it may have said why.
        }
    }

    private static Answer parse(String text) {
        if (!text.startsWith("HTTP/1.")) {
            throw new AssertionError("This is no HTTP: " + start(text));
        }
        int end = text.indexOf("\r\n\r\n");
        String head = text.substring(0, end);
        return new Answer(Integer.parseInt(head.split(" ")[1]), head, text.substring(end + 4));
    }

    private static String start(String text) {
        return text.substring(0, Math.min(100, text.length()));
    }
}
