package org.latchkey.oauth.registration;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.client.Secrets;

/**
 * Initial access tokens (RFC 7591, 3) in the store: each is good for a number of clients until a moment, also over restarts and
 * for several nodes. Kept is a hash. Those that have expired are taken away when new ones are made.
 */
public final class InitialTokens {

    static final String KIND = "oauth.initial";

    /** What {@link Secrets#random} makes. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final int PAGE = 200;

    private final Store store;
    private final String instance;
    private final Clock clock;

    /** @param instance the mount of the instance */
    public InitialTokens(Store store, String instance, Clock clock) {
        this.store = store;
        this.instance = instance;
        this.clock = clock;
    }

    /** Makes one and tells it, once. */
    String issue(int count, Instant until) {
        sweep();
        String token = Secrets.random();
        if (!isDone(new Write.Put(new Item(KIND, key(token), 0, body(count, until), List.of())))) {
            throw new IllegalStateException("A random token was there already");
        }
        return token;
    }

    private static String body(int count, Instant until) {
        return Json.text(Map.of("count", count, "until", until.toEpochMilli()));
    }

    /** Whether it is good for one client at least. */
    boolean isGood(String token) {
        return item(token).isPresent();
    }

    /** Uses it for one client; gives whether it was still good for that. */
    boolean use(String token) {
        while (true) {
            Optional<Item> item = item(token);
            if (item.isEmpty()) {
                return false;
            }
            if (isDone(usedOnce(item.get()))) {
                return true;
            }
        }
    }

    private static Write usedOnce(Item item) {
        int count = number(item, "count").intValue();
        return count == 1
                ? new Write.Delete(KIND, item.key(), item.version())
                : new Write.Put(new Item(
                        KIND,
                        item.key(),
                        item.version(),
                        body(
                                count - 1,
                                Instant.ofEpochMilli(number(item, "until").longValue())),
                        List.of()));
    }

    /** Takes all away; gives how many there were. */
    int revokeAll() {
        return remove(item -> true);
    }

    private void sweep() {
        remove(item -> !isInTime(item));
    }

    private int remove(Predicate<Item> which) {
        int gone = 0;
        String after = "";
        List<Item> page = store.list(KIND, instance + "/", after, PAGE);
        while (!page.isEmpty()) {
            for (Item item : page) {
                gone += which.test(item) && isGone(item.key()) ? 1 : 0;
                after = item.key();
            }
            page = store.list(KIND, instance + "/", after, PAGE);
        }
        return gone;
    }

    /** Takes one away, also if it was used meanwhile. */
    private boolean isGone(String key) {
        while (true) {
            Optional<Item> item = store.get(KIND, key);
            if (item.isEmpty() || isDone(new Write.Delete(KIND, key, item.get().version()))) {
                return item.isPresent();
            }
        }
    }

    private Optional<Item> item(String token) {
        return FORM.matcher(token).matches() ? store.get(KIND, key(token)).filter(this::isInTime) : Optional.empty();
    }

    private boolean isInTime(Item item) {
        return clock.millis() < number(item, "until").longValue();
    }

    private static Number number(Item item, String name) {
        return (Number) Json.object(item.body()).orElseThrow().get(name);
    }

    private String key(String token) {
        return instance + "/" + Secrets.hash(token);
    }

    /** Whether it was done; if not, somebody was faster. */
    private boolean isDone(Write write) {
        try {
            store.commit(List.of(write));
            return true;
        } catch (Store.Conflict faster) {
            return false;
        }
    }
}
