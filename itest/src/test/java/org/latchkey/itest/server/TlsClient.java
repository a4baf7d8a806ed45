package org.latchkey.itest.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client of HTTPS that trusts one certificate, and no other. */
public final class TlsClient {

    private static final int PATIENCE_MILLIS = 15_000;

    private final SSLContext context;
    private final URI server;

    /** Trusts the certificate as it is in the file now. */
    public TlsClient(String url, Path certificate) {
        this.server = URI.create(url);
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", read(certificate));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
        } catch (GeneralSecurityException | IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** What trusts that certificate alone. */
    public SSLContext context() {
        return context;
    }

    public static X509Certificate read(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** A GET on a connection of its own, with the name of the server checked. */
    public HttpResponse<String> get(String path) {
        return send(path, HttpRequest.newBuilder(server).GET());
    }

    /** The same for any request, of which the address is that of this path here. */
    public HttpResponse<String> send(String path, HttpRequest.Builder builder) {
        HttpRequest request = builder.uri(server.resolve(path))
                .timeout(Duration.ofMillis(PATIENCE_MILLIS))
                .build();
        try {
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Opens a connection and keeps it. */
    public Connection open() {
        try {
            Socket plain = new Socket(server.getHost(), server.getPort());
            SSLSocket socket = (SSLSocket)
                    context.getSocketFactory().createSocket(plain, server.getHost(), server.getPort(), true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return new Connection(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One TLS connection, for several requests. */
    public static final class Connection implements AutoCloseable {

        private final SSLSocket socket;

        private Connection(SSLSocket socket) {
            this.socket = socket;
        }

        /** The serial number of the certificate that the server showed when it was opened. */
        public BigInteger serial() {
            try {
                return ((X509Certificate) session().getPeerCertificates()[0]).getSerialNumber();
            } catch (SSLPeerUnverifiedException nothing) {
                throw new AssertionError(nothing);
            }
        }

        public SSLSession session() {
            return socket.getSession();
        }

        /** Sends these bytes (ISO 8859-1) and reads the head of the answer and a body of the length it says. */
        public String ask(String request) {
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                String head = head();
                int length = head.lines()
                        .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                        .findFirst()
                        .orElse(0);
                return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private String head() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new AssertionError("The connection ended after: " + head);
                }
                head.write(next);
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
