package org.latchkey.notify.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where the receiver is. Such a URL often has a key in it, so only its host is ever shown. What may be called is decided
 * when it is called, by the addresses that its host has then.
 */
final class Address {

    /** A host whose last part is a number is an address to whoever resolves it, as 2130706433 and 0x7f000001 are. */
    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(0[xX][0-9a-fA-F]*|[0-9]+)\\.?");

    private static final String OCTET = "(0|[1-9][0-9]{0,2})";
    private static final Pattern USUAL = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private final URI url;

    private Address(URI url) {
        this.url = url;
    }

    /** @throws IllegalArgumentException that says what is wrong with it, and does not quote it */
    static Address of(String text) {
        URI url = parse(text.strip());
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        demand(web, ".url must be https or http");
        demand(isPlain(url.getHost()), ".url must have a host, by its name or its address in the usual notation");
        demand(url.getRawUserInfo() == null, ".url must have no user; the receiver knows us by the signature");
        return new Address(url);
    }

    private static boolean isPlain(String host) {
        return host != null
                && (!NUMBER.matcher(host).matches() || USUAL.matcher(host).matches());
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(".url is not a URL"); // without the cause, which quotes it
        }
    }

    private static void demand(boolean met, String fault) {
        if (!met) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** All of it, for the call alone. */
    String secret() {
        return url.toString();
    }

    @Override
    public String toString() {
        return url.getHost();
    }
}
