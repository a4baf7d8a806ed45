package org.latchkey.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where the server listens for plain HTTP.
 *
 * @param host a name or address
 * @param port 1 to 65535
 */
record HttpAddress(String host, int port) {

    /**
     * Takes {@code latchkey.http.host} and {@code latchkey.http.port}. Port 0 stands for a free one, chosen here, so
     * that everybody (links, the public URL, the line on the console) knows the real one from the start.
     */
    static HttpAddress of(Settings settings) {
        String host = settings.get("latchkey.http.host");
        InetAddress[] addresses = addresses(host);
        refusePlainHttpBeyondThisMachine(host, addresses, settings);
        int port = port(settings.get("latchkey.http.port"));
        return new HttpAddress(host, port == 0 ? freePort(addresses[0]) : port);
    }

    /** To be called before Jetty starts, which would only log it and let the server look ready. */
    void refuseIfTaken() {
        try {
            new ServerSocket(port, 1, addresses(host)[0]).close();
        } catch (IOException taken) {
            throw new StartRefused(
                    "it cannot listen on port " + port + " of " + host + ": " + taken.getMessage(), taken);
        }
    }

    /** The address as a URL without a path; {@code localhost} stands for "every address of this machine". */
    String url() {
        return "http://" + visibleHost() + ":" + port;
    }

    private String visibleHost() {
        if (addresses(host)[0].isAnyLocalAddress()) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static void refusePlainHttpBeyondThisMachine(String host, InetAddress[] addresses, Settings settings) {
        boolean insecure = "true".equals(settings.get("latchkey.insecure.http"));
        if (!insecure && !Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
            throw new StartRefused("plain HTTP on " + host + " would carry secrets over the network in the clear."
                    + " Listen on 127.0.0.1 behind a TLS proxy, or set LATCHKEY_INSECURE_HTTP=true if you know why.");
        }
    }

    private static InetAddress[] addresses(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new StartRefused("LATCHKEY_HTTP_HOST: the host " + host + " is not known", unknown);
        }
    }

    private static int port(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65535) {
            throw new StartRefused("LATCHKEY_HTTP_PORT: " + text + " is not a port (0 to 65535)");
        }
        return port;
    }

    private static int freePort(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new StartRefused("no free port on " + address.getHostAddress(), none);
        }
    }
}
