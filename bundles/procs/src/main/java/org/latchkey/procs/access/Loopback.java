package org.latchkey.procs.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.latchkey.api.http.Request;

/** This machine, as only what runs on it can reach and name it. */
final class Loopback {

    /** With or without a port. Nothing is resolved: a name that leads here may belong to anybody. */
    private static final Pattern HOST = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

    private Loopback() {}

    /** Whether a request comes from here itself, and not through a proxy. */
    static boolean isFrom(Request request) {
        return isAddress(request.address()) && !Callers.isForwarded(request);
    }

    /** Whether it is addressed to this machine by a name that is nobody else's; without any name it is not. */
    static boolean isMeant(Request request) {
        return request.header("Host")
                .map(host -> host.toLowerCase(Locale.ROOT))
                .filter(host -> HOST.matcher(host).matches())
                .isPresent();
    }

    private static boolean isAddress(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // a literal address, so nothing is resolved
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
