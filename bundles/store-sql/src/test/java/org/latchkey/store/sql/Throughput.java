package org.latchkey.store.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.testkit.Race;

/** Prints what the embedded store does in a second; run by hand, with a folder that does not exist yet. */
final class Throughput {

    private static final int ITEMS = 5_000;

    private static final String BODY = "{\"id\":\"someone\",\"meta\":\"" + "x".repeat(500) + "\"}";

    private Throughput() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        Files.createDirectories(data);
        long start = System.nanoTime();
        try (Database database = EmbeddedDatabase.open(data)) {
            print("open a new database, ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            Store store = new SqlStore(database);
            for (int i = 0; i < ITEMS; i++) {
                store.commit(List.of(put(i, 0)));
            }
            for (int writers : List.of(1, 8)) {
                print("creations/s, " + writers + " writers", perSecond(writers, new Creation(store)));
            }
            for (int writers : List.of(1, 8)) {
                print("changes/s, " + writers + " writers", perSecond(writers, new Change(store, writers)));
            }
            for (int readers : List.of(1, 1, 8)) {
                print("get/s, " + readers + " readers", perSecond(readers, (lane, i) -> {
                    if (store.get("person", "key" + (i * 31 + lane) % ITEMS).isEmpty()) {
                        throw new IllegalStateException("lost");
                    }
                }));
            }
            print("find/s, 1 reader", perSecond(1, (lane, i) -> store.find("person", "group", "g1", "", 20)));
            print("list of 20/s, 1 reader", perSecond(1, (lane, i) -> store.list("person", "key1", "key12", 20)));
            print("highest/s, 1 reader", perSecond(1, (lane, i) -> store.highest("person", "number")));
        }
        print("file, KiB", Files.size(data.resolve("store/latchkey.mv.db")) / 1024);
        start = System.nanoTime();
        EmbeddedDatabase.open(data).close();
        print("open and close again, ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private static Write.Put put(int i, long version) {
        return new Write.Put(new Item(
                "person",
                "key" + i,
                version,
                BODY,
                List.of(Item.Index.uniqueNumber("number", i), new Item.Index("group", "g" + i % 10, false))));
    }

    private interface Work {
        void once(int lane, int i) throws Exception;
    }

    private record Creation(Store store) implements Work {

        @Override
        public void once(int lane, int i) throws Exception {
            String key = "new" + lane + "-" + System.nanoTime();
            store.commit(List.of(new Write.Put(
                    new Item("person", key, 0, BODY, List.of(new Item.Index("group", "g" + i % 10, false))))));
        }
    }

    private record Change(Store store, int lanes) implements Work {
        @Override
        public void once(int lane, int i) throws Exception {
            int number = (i * lanes + lane) % ITEMS;
            long version = store.get("person", "key" + number).orElseThrow().version();
            store.commit(List.of(put(number, version)));
        }
    }

    private static long perSecond(int lanes, Work work) throws Exception {
        long seconds = 4;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        return Race.of(lanes, lane -> {
                            int i = 0;
                            while (System.nanoTime() < end) {
                                work.once(lane, i++);
                            }
                            return i;
                        })
                        .stream()
                        .mapToLong(Integer::longValue)
                        .sum()
                / seconds;
    }

    private static void print(String what, long value) {
        System.out.println(what + ": " + value);
    }
}
