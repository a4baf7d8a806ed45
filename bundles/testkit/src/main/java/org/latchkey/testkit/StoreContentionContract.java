package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** The half of {@link StoreContract} in which many write at once. */
public abstract class StoreContentionContract {

    /** A kind that no other test has used, so that one store may serve them all. */
    protected final String kind = "t" + UUID.randomUUID().toString().substring(0, 12);

    /** The store under test, open; may be the same for several tests. */
    protected abstract Store store();

    protected final Write.Put item(String key, long version, String body, Item.Index... indexes) {
        return new Write.Put(new Item(kind, key, version, body, List.of(indexes)));
    }

    protected final void put(String key, long version, String body, Item.Index... indexes) throws Store.Conflict {
        store().commit(List.of(item(key, version, body, indexes)));
    }

    protected final Item stored(String key) {
        return store().get(kind, key).orElseThrow(() -> new AssertionError("there is no " + key));
    }

    /** Empty if it was stored, else the field of the conflict; {@code version} if that is empty. */
    private String outcome(Write... writes) {
        try {
            store().commit(List.of(writes));
            return "";
        } catch (Store.Conflict conflict) {
            return conflict.field().isEmpty() ? "version" : conflict.field();
        }
    }

    private void addOne(String key) {
        String outcome;
        do {
            Item seen = stored(key);
            outcome = outcome(item(key, seen.version(), String.valueOf(Integer.parseInt(seen.body()) + 1)));
            assertThat(outcome).isIn("", "version");
        } while (!outcome.isEmpty());
    }

    @Test
    public void aHundredParallelUpdatesOfOneItemLoseNone() throws Exception {
        put("counter", 0, "0");
        Race.of(20, lane -> {
            for (int i = 0; i < 5; i++) {
                addOne("counter");
            }
            return lane;
        });
        assertThat(stored("counter").body()).isEqualTo("100");
        assertThat(stored("counter").version()).isEqualTo(101);
    }

    @Test
    public void parallelCreationOfOneKeyHasOneWinner() throws Exception {
        for (int round = 0; round < 10; round++) {
            String key = "key" + round;
            List<String> outcomes = Race.of(8, lane -> outcome(item(key, 0, "by " + lane)));
            assertThat(outcomes).containsOnlyOnce("").containsOnly("", "version");
            assertThat(stored(key).body()).isEqualTo("by " + outcomes.indexOf(""));
        }
    }

    @Test
    public void aParallelUniqueValueHasOneWinner() throws Exception {
        for (int round = 0; round < 10; round++) {
            Item.Index number = Item.Index.uniqueNumber("number", round);
            String prefix = "round" + round + "-";
            List<String> outcomes = Race.of(8, lane -> outcome(item(prefix + lane, 0, "", number)));
            assertThat(outcomes).containsOnlyOnce("").containsOnly("", "number");
            assertThat(store().list(kind, prefix, "", 100))
                    .extracting(Item::key)
                    .containsExactly(prefix + outcomes.indexOf(""));
        }
    }

    @Test
    public void numbersTakenOneAfterTheOtherAreAllDifferent() throws Exception {
        Race.of(10, lane -> {
            String outcome;
            do {
                long next =
                        1 + store().highest(kind, "number").map(Long::parseLong).orElse(0L);
                outcome = outcome(item("lane" + lane, 0, "", Item.Index.uniqueNumber("number", next)));
                assertThat(outcome).isIn("", "number");
            } while (!outcome.isEmpty());
            return lane;
        });
        assertThat(store().list(kind, "", "", 100)).hasSize(10);
        assertThat(store().highest(kind, "number").map(Long::parseLong)).contains(10L);
    }

    @Test
    public void commitsThatMeetInOppositeOrderOnlyConflict() throws Exception {
        put("a", 0, "0", new Item.Index("place", "a", true));
        put("b", 0, "0", new Item.Index("place", "b", true));
        List<Integer> stored = Race.of(6, lane -> {
            int count = 0;
            for (int i = 0; i < 20; i++) {
                count += swapped(lane % 2 == 0 ? "a" : "b", lane % 2 == 0 ? "b" : "a") ? 1 : 0;
            }
            return count;
        });
        int sum = stored.stream().mapToInt(Integer::intValue).sum();
        assertThat(sum).isPositive();
        assertThat(stored("a").body()).isEqualTo(String.valueOf(sum));
        assertThat(stored("b").body()).isEqualTo(String.valueOf(sum));
        assertThat(Stream.of("a", "b").flatMap(place -> store().find(kind, "place", place, "", 10).stream()))
                .extracting(Item::key)
                .containsExactlyInAnyOrder("a", "b");
    }

    /** Exchanges the unique values of two items and counts it in both. */
    private boolean swapped(String one, String other) {
        Item first = stored(one);
        Item second = stored(other);
        boolean home = first.version() % 2 == 0;
        String outcome = outcome(counted(first, home ? one : other), counted(second, home ? other : one));
        assertThat(outcome).isIn("", "version", "place");
        return outcome.isEmpty();
    }

    private Write.Put counted(Item seen, String place) {
        String body = String.valueOf(Integer.parseInt(seen.body()) + 1);
        return item(seen.key(), seen.version(), body, new Item.Index("place", place, true));
    }

    @Test
    public void aCommitIsSeenWholeOrNotAtAll() throws Exception {
        List<Integer> pairs = Race.of(4, lane -> {
            int complete = 0;
            for (int i = 0; i < 25; i++) {
                if (lane < 2) {
                    Item.Index pair = new Item.Index("pair", lane + "-" + i, false);
                    assertThat(outcome(item(lane + "x" + i, 0, "", pair), item(lane + "y" + i, 0, "", pair)))
                            .isEmpty();
                } else {
                    int found = store().find(kind, "pair", (lane - 2) + "-" + i, "", 10)
                            .size();
                    assertThat(found).isIn(0, 2);
                    complete += found;
                }
            }
            return complete;
        });
        assertThat(pairs).hasSize(4);
        assertThat(store().list(kind, "", "", 1000)).hasSize(100);
    }

    @Test
    public void interruptsDuringWritesDoNotBreakTheStore() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "writer" + i + "-";
            writers.add(new Thread(() -> writeWhileInterrupted(name, acknowledged)));
        }
        writers.forEach(Thread::start);
        for (int i = 0; i < 60 && writers.stream().anyMatch(Thread::isAlive); i++) {
            writers.get(i % writers.size()).interrupt();
            Thread.sleep(2);
        }
        for (Thread writer : writers) {
            writer.join(30_000);
            assertThat(writer.isAlive()).isFalse();
        }
        put("afterwards", 0, "fine");
        assertThat(stored("afterwards").body()).isEqualTo("fine");
        assertThat(acknowledged)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(stored(key).body()).isEqualTo(key));
    }

    /** An interrupted write may be refused as unavailable; one that was not must stay. */
    private void writeWhileInterrupted(String name, Set<String> acknowledged) {
        for (int i = 0; i < 100; i++) {
            try {
                if (outcome(item(name + i, 0, name + i)).isEmpty()) {
                    acknowledged.add(name + i);
                }
            } catch (Refusal refused) {
                assertThat(refused.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
                Thread.interrupted();
            }
        }
    }
}
