package org.latchkey.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.latchkey.web.certificate.CertificateDesk;
import org.latchkey.web.feed.Feeds;

/** A real Jetty around the front servlet, and a client that sends just the bytes it is told. */
final class TestServer implements AutoCloseable {

    private static final Duration PIECE = Duration.ofSeconds(1);

    final FakePoints points = new FakePoints();
    final Feeds feeds;
    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));

    TestServer(String publicUrl) throws Exception {
        this(publicUrl, 1000);
    }

    /** One with so many feeds at once, and a heartbeat of a second. */
    TestServer(String publicUrl, int most) throws Exception {
        feeds = new Feeds(points, most, Duration.ofSeconds(1), PIECE);
        ServletHolder holder = new ServletHolder(new FrontServlet(points, CertificateDesk.closed(), feeds, publicUrl));
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(holder, "/*");
        server.setHandler(context);
        for (var connector : server.getConnectors()) {
            connector
                    .getConnectionFactory(HttpConnectionFactory.class)
                    .getHttpConfiguration()
                    .setSendServerVersion(false);
        }
        server.start();
        server.addConnector(new EdgeErrors(publicUrl).createConnector(server)); // as Felix does
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    /** Sends a request without a body. */
    Reply send(String method, String path) throws IOException {
        return raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    /** Sends a request with a body and one more header line. */
    Reply send(String method, String path, String header, String body) throws IOException {
        return raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Sends bytes and reads what comes until the server closes the connection. */
    Reply raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new Reply(all(socket.getInputStream()));
        }
    }

    private static String all(InputStream from) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        from.transferTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        try {
            feeds.stop();
            server.stop();
        } catch (Exception failed) {
            throw new IOException("The server did not stop.", failed);
        }
    }

    /** An HTTP response as it came over the wire. */
    record Reply(String text) {

        int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }

        String head() {
            return text.substring(0, text.indexOf("\r\n\r\n"));
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }

        /** All values of a header, joined with " | ". */
        String header(String name) {
            return String.join(
                    " | ",
                    head().lines()
                            .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                            .map(line -> line.substring(name.length() + 1).strip())
                            .toList());
        }
    }
}
