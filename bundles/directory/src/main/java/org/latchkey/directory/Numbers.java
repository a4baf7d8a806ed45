package org.latchkey.directory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * Gives out numbers, one above the highest that ever was: whoever is destroyed leaves theirs to nobody, so that
 * a token of theirs is not taken for one of the next. That a number is used once only is the store's promise,
 * not this class's: another node may give out the same, and then one of the two is refused and tried again.
 */
final class Numbers {

    private static final String RETIRED = "retired-number";

    private final Store store;
    private final String kind;
    private final String field;
    private final long first;
    private final AtomicLong highest = new AtomicLong(-1);

    Numbers(Store store, String kind, String field, long first) {
        this.store = store;
        this.kind = kind;
        this.field = field;
        this.first = first;
    }

    long allocate() {
        if (highest.get() < 0) {
            reread();
        }
        return highest.incrementAndGet();
    }

    /** The change was refused: if nobody took a number since, the next one gets this. */
    void giveBack(long number) {
        highest.compareAndSet(number, number - 1);
    }

    /** Somebody chose a number themselves. */
    void taken(long number) {
        if (highest.get() < 0) {
            reread();
        }
        highest.accumulateAndGet(number, Math::max);
    }

    /** Looks into the store again: at first, and when somebody else was there. */
    void reread() {
        long stored = store.highest(kind, field).map(Long::parseLong).orElse(0L);
        long retired = retired().map(item -> Long.parseLong(item.body())).orElse(0L);
        highest.accumulateAndGet(Math.max(first - 1, Math.max(stored, retired)), Math::max);
    }

    /** What to store along with the destruction of the holder of a number. */
    List<Write> retire(long number) {
        Optional<Item> stored = retired();
        if (stored.filter(item -> Long.parseLong(item.body()) >= number).isPresent()) {
            return List.of();
        }
        long version = stored.map(Item::version).orElse(0L);
        return List.of(new Write.Put(new Item(RETIRED, kind, version, String.valueOf(number), List.of())));
    }

    private Optional<Item> retired() {
        return store.get(RETIRED, kind);
    }
}
