package org.latchkey.itest.live;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * Keep-alive connections to one server. Nothing is sent a second time: a connection that breaks is seen by whoever
 * used it.
 */
public final class Client implements Closeable {

    private static final int PATIENCE_MILLIS = 100_000;

    /** A connection that was idle for longer is not used again: the server may be about to close it. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What came back. */
    public record Reply(int status, String body) {}

    private final int port;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    public Client(int port) {
        this.port = port;
    }

    public Reply get(String path, String token) throws IOException {
        return send("GET", path, token, "");
    }

    /** Sends a request, with this token unless it is empty, and this JSON unless that is empty. */
    public Reply send(String method, String path, String token, String json) throws IOException {
        StringBuilder request = new StringBuilder();
        request.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        if (!token.isEmpty()) {
            request.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        if (!json.isEmpty()) {
            request.append("Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n");
        }
        return send(request.append("\r\n").append(json).toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Reply send(byte[] request) throws IOException {
        Connection connection = connection();
        try {
            Reply reply = connection.ask(request);
            if (connection.keep) {
                idle.push(connection);
            } else {
                connection.close();
            }
            return reply;
        } catch (IOException broken) {
            connection.close();
            throw broken;
        }
    }

    private Connection connection() throws IOException {
        for (Connection each = idle.poll(); each != null; each = idle.poll()) {
            if (System.nanoTime() - each.lastUsed < IDLE_NANOS) {
                return each;
            }
            each.close();
        }
        return new Connection(port);
    }

    @Override
    public void close() throws IOException {
        for (Connection each = idle.poll(); each != null; each = idle.poll()) {
            each.close();
        }
    }

    private static final class Connection implements Closeable {

        private final Socket socket = new Socket();
        private final OutputStream out;
        private final InputStream in;
        private boolean keep = true;
        private volatile long lastUsed = System.nanoTime();

        Connection(int port) throws IOException {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            out = socket.getOutputStream();
            in = new BufferedInputStream(socket.getInputStream());
        }

        Reply ask(byte[] request) throws IOException {
            out.write(request);
            int status = 0;
            int length = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                String lower = line.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("http/1.1 ")) {
                    status = Integer.parseInt(line.substring(9, 12));
                } else if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                } else if (lower.equals("connection: close")) {
                    keep = false;
                }
            }
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            lastUsed = System.nanoTime();
            return new Reply(status, body);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder(64);
            for (int each = in.read(); each != '\n'; each = in.read()) {
                if (each < 0) {
                    throw new IOException("The server closed the connection.");
                }
                if (each != '\r') {
                    line.append((char) each);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
