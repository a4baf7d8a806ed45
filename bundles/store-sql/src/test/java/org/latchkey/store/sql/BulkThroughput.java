package org.latchkey.store.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * Prints how an import of many entities goes, and reads among them afterwards; run by hand, with {@code postgresql} or
 * a folder for the embedded database, which stays, and how many entities.
 */
final class BulkThroughput {

    private static final int BATCH = 500;

    private static final int READS = 20_000;

    private static final int CACHED_READS = 3_000_000;

    private static final String BODY = "{\"id\":\"someone\",\"meta\":\"" + "x".repeat(400) + "\"}";

    private BulkThroughput() {}

    public static void main(String[] arguments) throws Exception {
        int entities = Integer.parseInt(arguments[1]);
        boolean embedded = !arguments[0].equals("postgresql");
        try (Database database =
                embedded ? embedded(Path.of(arguments[0])) : PostgresServer.open(PostgresServer.newDatabase())) {
            Store store = new SqlStore(database);
            run(store, entities);
            try (PatientStore patient = new PatientStore(new ReadCache(store), database, 2)) {
                printCached(patient);
            }
        }
        if (embedded) {
            print("file, MiB", Files.size(Path.of(arguments[0], "store", "latchkey.mv.db")) >> 20);
        }
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        print("heap in use, MiB", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static Database embedded(Path data) throws Exception {
        Files.createDirectories(data);
        return EmbeddedDatabase.open(data);
    }

    private static void run(Store store, int entities) throws Exception {
        long start = System.nanoTime();
        long cpu = cpu();
        for (int from = 0; from < entities; from += BATCH) {
            List<Write> batch = new ArrayList<>();
            for (int i = from; i < Math.min(from + BATCH, entities); i++) {
                batch.add(entity(i, 0));
            }
            store.commit(batch);
            if (from + BATCH == entities / 2) {
                print("entities/s imported, first half", perSecond(from + BATCH, start));
                print(
                        "the same per second that this process computed",
                        (from + BATCH) * TimeUnit.SECONDS.toNanos(1) / (cpu() - cpu));
                start = System.nanoTime();
                cpu = cpu();
            }
        }
        print("entities/s imported, second half", perSecond(entities / 2, start));
        print(
                "the same per second that this process computed",
                entities / 2 * TimeUnit.SECONDS.toNanos(1) / (cpu() - cpu));
        start = System.nanoTime();
        int changes = Math.min(entities, 20_000);
        for (int from = 0; from < changes; from += BATCH) {
            List<Write> batch = new ArrayList<>();
            for (int i = from; i < Math.min(from + BATCH, changes); i++) {
                batch.add(entity(i, 1));
            }
            store.commit(batch);
        }
        print("entities/s changed in batches", perSecond(changes, start));
        int step = 7919;
        report("get", READS, i -> store.get("entity", key((int) ((long) i * step % entities))));
        report("find by number", READS, i -> store.find("entity", "number", number(i * 31 % entities), "", 1));
        report("find in a group, page of 20", READS, i -> store.find("entity", "group", "g" + i % 50, key(i), 20));
        report("scan of 20", READS, i -> store.scan("entity", "name", "name " + i % 900, "", "", 20));
        report("scan of 20 among equals", READS / 4, i -> store.scan("entity", "group", "g1", "g10", key(i * 3), 20));
        report("list of 20", READS, i -> store.list("entity", "e", key(i * 7), 20));
        report("highest", READS, i -> store.highest("entity", "number"));
    }

    private static void printCached(Store cached) {
        String key = key(7);
        long start = 0;
        for (int i = -CACHED_READS; i < CACHED_READS; i++) {
            if (i == 0) {
                start = System.nanoTime();
            }
            if (cached.get("entity", key).isEmpty()) {
                throw new IllegalStateException(key);
            }
        }
        print("get of one in the cache, ns", (System.nanoTime() - start) / CACHED_READS);
    }

    private static Write.Put entity(int i, long version) {
        List<Item.Index> indexes = new ArrayList<>();
        indexes.add(new Item.Index("number", number(i), true));
        for (int group = 0; group < 5; group++) {
            indexes.add(new Item.Index("group", "g" + (i + group * 10) % 50, false));
        }
        indexes.add(new Item.Index("name", "name " + i * 7919L % 1000 + " " + i, false));
        indexes.add(new Item.Index("mail", "someone" + i + "@example.org", false));
        indexes.add(new Item.Index("shell", "/bin/sh" + version, false));
        return new Write.Put(new Item("entity", key(i), version, BODY, indexes));
    }

    private static String key(int i) {
        return "e" + Integer.toString(i * 7919 & 0x7fffffff, 36) + "-" + i;
    }

    private static String number(int i) {
        return Item.Index.uniqueNumber("number", i).value();
    }

    private static long perSecond(long count, long start) {
        return count * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
    }

    /** What this process has used of the processors, without the database server where there is one. */
    private static long cpu() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private interface Read {
        Object of(int i) throws SQLException;
    }

    private static void report(String what, int times, Read read) throws SQLException {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            if (read.of(i) == null) {
                throw new IllegalStateException(what);
            }
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%s: median %.1f us, p99 %.1f us, max %.1f us%n",
                what,
                nanos[times / 2] / 1e3,
                nanos[times * 99 / 100] / 1e3,
                nanos[times - 1] / 1e3);
    }

    private static void print(String what, long value) {
        System.out.println(what + ": " + value);
    }
}
