package org.latchkey.grant.device;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.latchkey.api.Refusal;

/**
 * Bounds how many user codes can be tried out (RFC 8628, 5.1): in one session, from one address, and in all. Each try takes
 * a place before it is looked at, and a right one gives it back; so a burst finds no more than one after the other would.
 */
final class Guesses {

    private static final Duration WHILE = Duration.ofMinutes(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String ALL = "all";

    /** Of an IPv6 address the part that a household has to itself. */
    private static final int NETWORK_BYTES = 8;

    private final Limit bySession;
    private final Limit byAddress;
    private final Limit inAll;

    /**
     * @param perSession wrong ones in ten minutes
     * @param perAddress wrong ones in ten minutes
     * @param inAllPerMinute wrong ones in a minute
     */
    Guesses(int perSession, int perAddress, int inAllPerMinute, Clock clock) {
        this.bySession = new Limit(perSession, WHILE, clock);
        this.byAddress = new Limit(perAddress, WHILE, clock);
        this.inAll = new Limit(inAllPerMinute, MINUTE, clock);
    }

    /** What the look finds; refused (TOO_MANY) without looking after too many looks that found nothing. */
    <T> Optional<T> look(String session, String address, Supplier<Optional<T>> look) {
        String network = network(address);
        if (!take(session, network)) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "slow_down", "Too many codes were tried.");
        }
        Optional<T> found = look.get();
        if (found.isPresent()) {
            bySession.giveBack(session);
            byAddress.giveBack(network);
            inAll.giveBack(ALL);
        }
        return found;
    }

    private boolean take(String session, String network) {
        if (!bySession.take(session)) {
            return false;
        }
        if (!byAddress.take(network)) {
            bySession.giveBack(session);
            return false;
        }
        if (!inAll.take(ALL)) {
            bySession.giveBack(session);
            byAddress.giveBack(network);
            return false;
        }
        return true;
    }

    /** What counts as one address: an IPv4 address, or an IPv6 network of 64 bits. */
    static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(NETWORK_BYTES, bytes.length)));
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
