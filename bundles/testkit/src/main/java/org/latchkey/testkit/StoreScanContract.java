package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** The part of {@link StoreContract} about {@link Store#scan}. */
public abstract class StoreScanContract extends StoreContentionContract {

    private static final String EMOJI = "\uD83D\uDE00";

    /** Values in the order of their code points; the last but one is greater than the last in UTF-16. */
    private static final List<String> VALUES = List.of(
            "", "%", "%a", "A", "AB", "_", "_a", "a", "a%", "aB", "a_", "ab", "ab" + EMOJI, "b", "\uff5e", EMOJI);

    private Write.Put with(String key, String value) {
        return item(key, 0, "of " + value, new Item.Index("name", value, false));
    }

    /** Value and key of each hit, with a slash between. */
    private static List<String> named(List<Store.Hit> hits) {
        return hits.stream().map(hit -> hit.value() + "/" + hit.item().key()).toList();
    }

    private List<String> scan(String prefix, String afterValue, String afterKey, int limit) {
        return named(store().scan(kind, "name", prefix, afterValue, afterKey, limit));
    }

    /** Reads page by page, each from the last hit of the page before. */
    private List<String> pages(String prefix, int size) {
        List<String> all = new ArrayList<>();
        List<Store.Hit> page = store().scan(kind, "name", prefix, "", "", size);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(size);
            all.addAll(named(page));
            Store.Hit last = page.get(page.size() - 1);
            page = store().scan(kind, "name", prefix, last.value(), last.item().key(), size);
        }
        return all;
    }

    /** Every value twice, under keys whose order is not that of the values. */
    private List<String> putAll() throws Exception {
        List<Write> writes = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < VALUES.size(); i++) {
            for (String key : List.of((99 - i) + "\uff5e", (99 - i) + EMOJI)) {
                writes.add(with(key, VALUES.get(i)));
                expected.add(VALUES.get(i) + "/" + key);
            }
        }
        Collections.shuffle(writes, new Random(7));
        store().commit(writes);
        return expected;
    }

    @Test
    public void aScanIsInTheOrderOfValuesAndThenOfKeys() throws Exception {
        List<String> expected = putAll();
        assertThat(scan("", "", "", 100)).isEqualTo(expected);
        for (int size : List.of(1, 2, 3, 7, 100)) {
            assertThat(pages("", size)).as("pages of %d", size).isEqualTo(expected);
        }
    }

    @Test
    public void aScanTakesItsPrefixAsItIs() throws Exception {
        List<String> all = putAll();
        List<String> prefixes = new ArrayList<>(VALUES);
        prefixes.addAll(List.of("abc", EMOJI + "x", "\u0001", "\\"));
        for (String prefix : prefixes) {
            List<String> expected =
                    all.stream().filter(hit -> hit.startsWith(prefix)).toList();
            assertThat(scan(prefix, "", "", 100)).as("prefix %s", prefix).isEqualTo(expected);
            assertThat(pages(prefix, 2)).as("pages with %s", prefix).isEqualTo(expected);
        }
    }

    @Test
    public void aScanGivesTheItemsAsTheyAreStored() throws Exception {
        store().commit(List.of(with("key", "value")));
        assertThat(store().scan(kind, "name", "v", "", "", 10))
                .containsExactly(new Store.Hit("value", new Item(kind, "key", 1, "of value", List.of())));
        assertThat(store().scan(kind, "other", "v", "", "", 10)).isEmpty();
        assertThat(store().scan(kind + "2", "name", "v", "", "", 10)).isEmpty();
    }

    @Test
    public void aScanBeginsAfterAPlaceThatNeedNotBeTaken() throws Exception {
        store().commit(List.of(with("1", "a"), with("2", "b"), with("3", "ba"), with("4", "bb"), with("5", "c")));
        assertThat(scan("", "aa", "9", 10)).containsExactly("b/2", "ba/3", "bb/4", "c/5");
        assertThat(scan("b", "b", "1", 10)).containsExactly("b/2", "ba/3", "bb/4");
        assertThat(scan("b", "b", "2", 10)).containsExactly("ba/3", "bb/4");
        assertThat(scan("b", "a", "9", 10)).containsExactly("b/2", "ba/3", "bb/4");
        assertThat(scan("b", EMOJI, "", 10)).isEmpty();
        assertThat(scan("b", "c", "", 10)).isEmpty();
    }

    @Test
    public void aScanHasNoMoreThanItsLimit() throws Exception {
        store().commit(List.of(with("1", "a"), with("2", "b"), with("3", "b")));
        assertThat(scan("", "", "", 2)).containsExactly("a/1", "b/2");
        assertThat(scan("", "", "", 0)).isEmpty();
        assertThat(scan("", "", "", -1)).isEmpty();
        assertThat(scan("", "", "", Integer.MAX_VALUE)).hasSize(3);
    }

    @Test
    public void aLimitMayGrowFromOneReadToTheNext() throws Exception {
        store().commit(List.of(with("1", "a"), with("2", "a"), with("3", "a")));
        for (int limit : List.of(1, 0, 3, 2, 9)) {
            int expected = Math.min(limit, 3);
            assertThat(scan("", "", "", limit)).hasSize(expected);
            assertThat(store().find(kind, "name", "a", "", limit)).hasSize(expected);
            assertThat(store().list(kind, "", "", limit)).hasSize(expected);
        }
    }

    @Test
    public void aScanSeesUniqueAndSharedValuesAndEachOfAnItem() throws Exception {
        Item.Index unique = new Item.Index("name", "b", true);
        store().commit(List.of(
                with("1", "b"),
                item("2", 0, "", unique, new Item.Index("name", "a", false), new Item.Index("name", "c", true)),
                with("3", "b"),
                item("4", 0, "", new Item.Index("name", "d", true))));
        List<String> expected = List.of("a/2", "b/1", "b/2", "b/3", "c/2", "d/4");
        assertThat(scan("", "", "", 10)).isEqualTo(expected);
        for (int size = 1; size <= 3; size++) {
            assertThat(pages("", size)).isEqualTo(expected);
        }
        assertThat(store().find(kind, "name", "b", "", 10))
                .extracting(Item::key)
                .containsExactly("1", "2", "3");
        assertThat(store().find(kind, "name", "b", "1", 1))
                .extracting(Item::key)
                .containsExactly("2");
        assertThat(store().highest(kind, "name")).contains("d");
    }

    @Test
    public void aScanFollowsEachChangeOfAValue() throws Exception {
        put("key", 0, "", new Item.Index("name", "old", false));
        put("key", 1, "", new Item.Index("name", "new", false));
        assertThat(scan("", "", "", 10)).containsExactly("new/key");
        put("key", 2, "", new Item.Index("name", "new", true));
        assertThat(scan("", "", "", 10)).containsExactly("new/key");
        put("key", 3, "");
        assertThat(scan("", "", "", 10)).isEmpty();
        put("key", 4, "", new Item.Index("name", "again", true));
        store().commit(List.of(new Write.Delete(kind, "key", 5)));
        assertThat(scan("", "", "", 10)).isEmpty();
    }

    @Test
    public void aScanRefusesWhatIsNoUnicode() {
        String broken = EMOJI.substring(0, 1);
        for (List<String> arguments : List.of(List.of(broken, "", ""), List.of("", broken, ""))) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> scan(arguments.get(0), arguments.get(1), arguments.get(2), 1))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
        }
    }
}
