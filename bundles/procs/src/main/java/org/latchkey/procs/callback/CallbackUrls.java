package org.latchkey.procs.callback;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.latchkey.api.Refusal;

/**
 * Judges the URL where the end of a run is to be told, when it is given, by its text alone. A name that leads into the network of this
 * server is found out when it is called, and each time anew: one that means nothing yet is taken.
 */
public final class CallbackUrls {

    /** What a resolver may take for a number: addresses in decimal, octal and hexadecimal, with fewer than four parts. */
    private static final Pattern NUMERIC = Pattern.compile("(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]+)){0,3}\\.?");

    private static final Pattern DOTTED = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    private final Set<String> privateHosts;

    /** @param privateHosts hosts that are called although their addresses are private */
    public CallbackUrls(Set<String> privateHosts) {
        this.privateHosts = Set.copyOf(privateHosts);
    }

    /** @throws Refusal (INVALID) unless it is empty, or an https URL of a host that is not plainly this network's */
    public String checked(String pointer, String url) {
        if (url.isEmpty()) {
            return url;
        }
        URI uri = parse(pointer, url);
        boolean plain = "https".equalsIgnoreCase(uri.getScheme())
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null;
        if (!plain) {
            throw Refusal.invalid(pointer, "This must be an https URL without user and fragment.");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!privateHosts.contains(host) && isPrivate(host)) {
            throw Refusal.invalid(
                    pointer, "A callback goes to no private address, unless the operator lists its host.");
        }
        return url;
    }

    private static URI parse(String pointer, String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException malformed) {
            throw Refusal.invalid(pointer, "This is no URL.");
        }
    }

    private static boolean isPrivate(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost") || host.equals("localhost.")) {
            return true;
        }
        boolean literal = host.startsWith("[") || DOTTED.matcher(host).matches();
        return literal ? !isPublic(host) : NUMERIC.matcher(host).matches();
    }

    /** Of an address that is written out, so that nobody is asked about it. */
    private static boolean isPublic(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            return !(address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress()
                    || isUniqueLocal(address.getAddress()));
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    /** RFC 4193: fc00::/7. */
    private static boolean isUniqueLocal(byte[] address) {
        return address.length == 16 && (address[0] & 0xfe) == 0xfc;
    }
}
