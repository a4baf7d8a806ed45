package org.latchkey.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.store.Item;

/** What a notifier took and is still in the store. Leaves it together, so that a commit is not needed for each. */
final class Taken {

    private static final int MOST = 50;
    private static final long LONGEST_NANOS = Duration.ofMillis(100).toNanos();

    private final List<Item> items = new ArrayList<>();
    private long sinceNanos;

    /** Says whether it is time to remove them. */
    synchronized boolean add(Item item) {
        if (items.isEmpty()) {
            sinceNanos = System.nanoTime();
        }
        items.add(item);
        return items.size() >= MOST || System.nanoTime() - sinceNanos >= LONGEST_NANOS;
    }

    /** All of them; from now on there are none. */
    synchronized List<Item> all() {
        List<Item> all = List.copyOf(items);
        items.clear();
        return all;
    }
}
