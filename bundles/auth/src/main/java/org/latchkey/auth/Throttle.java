package org.latchkey.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how often somebody may guess: for one name from one address, for one name from anywhere, from one address for
 * any name. Counts before it is judged, so that a burst at the limit gets no further; names that nobody has count like
 * others. Every protocol signs in through it. Nobody is locked out for long, nor from an address where they signed in
 * before. Attempts from this host are not counted
 * unless the operator wants it: a proxy there stands for everybody, so that one could shut out another.
 *
 * <p>Each node counts for itself, and forgets when it stops; lasting locks are a policy's business.
 */
final class Throttle {

    private static final Logger log = LoggerFactory.getLogger(Throttle.class);
    private static final int REMEMBERED = 200_000;
    private static final Duration KNOWN = Duration.ofDays(30);
    private static final String ANY = "*";

    /**
     * How many failures are borne within a window.
     *
     * @param nameAtAddress for one name from one address
     * @param name for one name from anywhere
     * @param address from one address, for whatever names
     * @param local what becomes of attempts from this host
     */
    record Limits(int nameAtAddress, int name, int address, Duration window, Local local) {}

    /** Whether attempts from this host count: for their name alone, since the address says nothing. */
    enum Local {
        COUNTS,
        IS_FREE
    }

    /** Hears that attempts are refused from now on. */
    @FunctionalInterface
    interface Listener {

        /** @param limit what there were too many for: {@code name}, {@code address}, or {@code both} together */
        void refused(String name, String address, String limit);
    }

    private record Key(String name, String address) {}

    private record Counted(Key key, int limit) {}

    private final Limits limits;
    private final Cache<Key, AtomicInteger> failures;

    private final Listener listener;

    /** What the listener has heard of. */
    private final Cache<Key, Boolean> told;

    /** Where somebody signed in before. */
    private final Cache<Key, Boolean> known;

    Throttle(Limits limits, Ticker ticker) {
        this(limits, ticker, (name, address, limit) -> {});
    }

    /** @param listener hears once in a window of each name and address that was tried too often */
    Throttle(Limits limits, Ticker ticker, Listener listener) {
        this.limits = limits;
        this.listener = listener;
        this.told = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(limits.window())
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
        this.failures = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(limits.window())
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
        this.known = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(KNOWN)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** One try, counted as a failure until it says otherwise. */
    interface Try {

        /** They are who they say. */
        void succeeded();

        /** Nobody judged it. */
        void withdrawn();
    }

    /** @throws Refusal (TOO_MANY) if there were too many failures */
    Try begin(Attempt attempt) {
        String name = attempt.id().toLowerCase(Locale.ROOT);
        String address = attempt.caller().address();
        List<Counted> counted = counted(name, address).toList();
        count(attempt.id(), address, counted);
        return new Try() {
            @Override
            public void succeeded() {
                withdrawn();
                failures.invalidate(new Key(name, address));
                known.put(new Key(name, address), true);
            }

            @Override
            public void withdrawn() {
                counted.forEach(Throttle.this::withdraw);
            }
        };
    }

    /**
     * The same for what tells no name before it is judged: for its address alone.
     *
     * @throws Refusal (TOO_MANY) if there were too many failures
     */
    Try begin(Caller caller) {
        List<Counted> counted = isLoopback(caller.address())
                ? List.of()
                : List.of(new Counted(new Key(ANY, caller.address()), limits.address()));
        count(ANY, caller.address(), counted);
        return new Try() {
            @Override
            public void succeeded() {
                withdrawn();
            }

            @Override
            public void withdrawn() {
                counted.forEach(Throttle.this::withdraw);
            }
        };
    }

    private void count(String name, String address, List<Counted> counted) {
        for (int i = 0; i < counted.size(); i++) {
            AtomicInteger count = count(counted.get(i).key());
            if (count.incrementAndGet() > counted.get(i).limit()) {
                counted.subList(0, i + 1).forEach(this::withdraw);
                throw tooMany(name, address, counted.get(i).key());
            }
        }
    }

    private Stream<Counted> counted(String name, String address) {
        if (isLoopback(address)) {
            Counted ofAll = new Counted(new Key(name, ANY), limits.name());
            return limits.local() == Local.COUNTS ? Stream.of(ofAll) : Stream.empty();
        }
        Counted pair = new Counted(new Key(name, address), limits.nameAtAddress());
        Counted ofName = new Counted(new Key(name, ANY), limits.name());
        Counted ofAddress = new Counted(new Key(ANY, address), limits.address());
        boolean isKnown = known.getIfPresent(pair.key()) != null;
        return Stream.of(Stream.of(pair), isKnown ? Stream.<Counted>empty() : Stream.of(ofName), Stream.of(ofAddress))
                .flatMap(each -> each);
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.")
                || address.equals("0:0:0:0:0:0:0:1")
                || address.equals("::1")
                || address.equals("[0:0:0:0:0:0:0:1]");
    }

    /** Never below none: the count may have been forgotten meanwhile. */
    private void withdraw(Counted one) {
        count(one.key()).updateAndGet(count -> Math.max(0, count - 1));
    }

    private AtomicInteger count(Key key) {
        return failures.get(key, none -> new AtomicInteger());
    }

    private Refusal tooMany(String name, String address, Key key) {
        String limit = key.name().equals(ANY) ? "address" : key.address().equals(ANY) ? "name" : "both";
        if (told.asMap().putIfAbsent(key, true) == null) {
            listener.refused(name, address, limit);
        }
        log.atWarn()
                .addKeyValue("entity", name)
                .addKeyValue("address", address)
                .addKeyValue("limit", limit)
                .log("too many failed sign-ins");
        return Refusal.of(
                Refusal.Kind.TOO_MANY, "too-many-attempts", "There were too many failed attempts; try again later.");
    }
}
