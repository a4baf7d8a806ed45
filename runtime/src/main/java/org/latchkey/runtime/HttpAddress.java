package org.latchkey.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A place where the server listens.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or address
 * @param port 1 to 65535
 */
record HttpAddress(String scheme, String host, int port) {

    /**
     * Takes a host and a port as they are set. Port 0 stands for a free one, chosen here, so that everybody (links,
     * the public URL, the line on the console) knows the real one from the start.
     *
     * @throws StartRefused if the host is unknown or the port none; says it of {@code LATCHKEY_<SCHEME>_...}
     */
    static HttpAddress of(String scheme, String host, String port) {
        return of(scheme, "LATCHKEY_" + (scheme.equals("https") ? "HTTPS" : "HTTP"), host, port);
    }

    /** The same of settings whose names begin so. */
    static HttpAddress of(String scheme, String variable, String host, String port) {
        InetAddress[] addresses = addresses(host, variable + "_HOST: ");
        int number = port(port, variable + "_PORT: ");
        return new HttpAddress(scheme, host, number == 0 ? freePort(addresses[0]) : number);
    }

    boolean isOfThisMachineAlone() {
        return isOfThisMachineAlone(host);
    }

    /** Whether nobody beyond this machine can reach that host. */
    static boolean isOfThisMachineAlone(String host) {
        return Arrays.stream(addresses(host, "LATCHKEY_HTTP_HOST: ")).allMatch(InetAddress::isLoopbackAddress);
    }

    /** To be called before Jetty starts, which would only log it and let the server look ready. */
    void refuseIfTaken() {
        try {
            new ServerSocket(port, 1, addresses(host, "")[0]).close();
        } catch (IOException taken) {
            throw new StartRefused(
                    "it cannot listen on port " + port + " of " + host + ": " + taken.getMessage(), taken);
        }
    }

    /** The address as a URL without a path; {@code localhost} stands for "every address of this machine". */
    String url() {
        return scheme + "://" + visibleHost() + ":" + port;
    }

    private String visibleHost() {
        if (addresses(host, "")[0].isAnyLocalAddress()) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static InetAddress[] addresses(String host, String setting) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new StartRefused(setting + "the host " + host + " is not known", unknown);
        }
    }

    private static int port(String text, String setting) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65535) {
            throw new StartRefused(setting + text + " is not a port (0 to 65535)");
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
