package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ObjectAssert;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Item.Index;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** What every {@link Store} does, whatever is behind it. A backend's test extends this and says where its store is. */
public abstract class StoreContract extends StoreScanContract {

    private static final String EMOJI = "\uD83D\uDE00";

    /** Keys in the order of their code points, with whatever a query could take for something else. */
    private static final List<String> AWKWARD =
            List.of("\u0001", " ", "%", "'", "A", "AB", "Z", "\\", "_", "a", "a ", "ab", "\u00e9", "\uff5e", EMOJI);

    private void refusesAsStale(Write... writes) {
        refusesBecauseOf("", writes);
    }

    private void refusesBecauseOf(String field, Write... writes) {
        assertThatExceptionOfType(Store.Conflict.class)
                .isThrownBy(() -> store().commit(List.of(writes)))
                .satisfies(conflict -> assertThat(conflict.field()).isEqualTo(field));
    }

    private void refuses(Refusal.Kind why, Write... writes) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> store().commit(List.of(writes)))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(why));
    }

    private static AbstractListAssert<?, List<? extends String>, String, ObjectAssert<String>> keys(List<Item> items) {
        return assertThat(items).extracting(Item::key);
    }

    private static Index index(String field, String value) {
        return new Index(field, value, false);
    }

    private static Index unique(String field, String value) {
        return new Index(field, value, true);
    }

    @Test
    public void anItemIsReadAsItWasWritten() throws Exception {
        String body = "{\"name\":\"Zo\u00eb \\\"'%_\\\\ " + EMOJI + "\",\n\t\"empty\":\"\"}";
        put("zoe", 0, body, index("field", "value"), unique("number", "1"));
        assertThat(store().get(kind, "zoe")).contains(new Item(kind, "zoe", 1, body, List.of()));
    }

    @Test
    public void whatIsNotThereIsEmpty() {
        assertThat(store().get(kind, "nobody")).isEmpty();
        assertThat(store().get(kind, "x".repeat(1000))).isEmpty();
        assertThat(store().list(kind, "", "", 10)).isEmpty();
        assertThat(store().find(kind, "field", "value", "", 10)).isEmpty();
        assertThat(store().highest(kind, "number")).isEmpty();
    }

    @Test
    public void eachChangeAddsOneToTheVersionAndIsSeenAtOnce() throws Exception {
        for (int version = 0; version < 5; version++) {
            put("key", version, "body" + version);
            assertThat(stored("key")).isEqualTo(new Item(kind, "key", version + 1, "body" + version, List.of()));
        }
    }

    @Test
    public void kindsDoNotMix() throws Exception {
        Index number = unique("number", "7");
        put("key", 0, "mine", number);
        store().commit(List.of(new Write.Put(new Item(kind + "2", "key", 0, "other", List.of(number)))));
        assertThat(stored("key").body()).isEqualTo("mine");
        assertThat(store().list(kind, "", "", 10)).hasSize(1);
        assertThat(store().find(kind, "number", "7", "", 10)).containsExactly(stored("key"));
    }

    @Test
    public void aStaleVersionIsRefused() throws Exception {
        put("key", 0, "first");
        put("key", 1, "second");
        refusesAsStale(item("key", 0, "created again"));
        refusesAsStale(item("key", 1, "by somebody slow"));
        refusesAsStale(item("key", 3, "from the future"));
        refusesAsStale(item("nobody", 1, "never created"));
        refusesAsStale(new Write.Delete(kind, "key", 1));
        refusesAsStale(new Write.Delete(kind, "nobody", 1));
        refusesAsStale(new Write.Delete(kind, "nobody", 0));
        assertThat(stored("key").body()).isEqualTo("second");
    }

    @Test
    public void aDeletedItemIsGoneAndCanBeCreatedAnew() throws Exception {
        put("key", 0, "old", index("field", "value"));
        store().commit(List.of(new Write.Delete(kind, "key", 1)));
        assertThat(store().get(kind, "key")).isEmpty();
        assertThat(store().find(kind, "field", "value", "", 10)).isEmpty();
        put("key", 0, "new");
        assertThat(stored("key")).isEqualTo(new Item(kind, "key", 1, "new", List.of()));
    }

    @Test
    public void aTakenUniqueValueNamesItsField() throws Exception {
        put("first", 0, "", unique("number", "1"), unique("mail", "a@example.org"));
        refusesBecauseOf("number", item("second", 0, "", unique("number", "1"), unique("mail", "b@example.org")));
        refusesBecauseOf("mail", item("second", 0, "", unique("number", "2"), unique("mail", "a@example.org")));
        assertThat(store().get(kind, "second")).isEmpty();
        put("second", 0, "", unique("number", "2"));
        refusesBecauseOf("number", item("second", 1, "changed", unique("number", "1")));
        assertThat(stored("second").version()).isEqualTo(1);
        refusesBecauseOf("number", item("x", 0, "", unique("number", "9")), item("y", 0, "", unique("number", "9")));
    }

    @Test
    public void aStaleVersionComesBeforeATakenValue() throws Exception {
        put("first", 0, "", unique("number", "1"));
        put("second", 0, "", unique("number", "2"));
        refusesAsStale(item("second", 0, "", unique("number", "1")));
    }

    @Test
    public void aUniqueValueIsKeptFreedAndExchanged() throws Exception {
        put("first", 0, "", unique("number", "1"));
        put("first", 1, "still mine", unique("number", "1"));
        put("second", 0, "", unique("number", "2"));
        store().commit(List.of(
                item("first", 2, "", unique("number", "2")), item("second", 1, "", unique("number", "1"))));
        keys(store().find(kind, "number", "1", "", 10)).containsExactly("second");
        store().commit(List.of(new Write.Delete(kind, "second", 2), item("third", 0, "", unique("number", "1"))));
        keys(store().find(kind, "number", "1", "", 10)).containsExactly("third");
        put("first", 3, "without");
        put("fourth", 0, "", unique("number", "2"));
    }

    @Test
    public void aCommitStoresAllOrNothing() throws Exception {
        put("here", 0, "before", index("field", "old"));
        refusesAsStale(
                item("a-new", 0, ""),
                item("here", 1, "after", index("field", "new")),
                new Write.Delete(kind, "z-nobody", 1));
        assertThat(stored("here")).isEqualTo(new Item(kind, "here", 1, "before", List.of()));
        assertThat(store().get(kind, "a-new")).isEmpty();
        keys(store().find(kind, "field", "old", "", 10)).containsExactly("here");
        store().commit(List.of());
    }

    @Test
    public void oneCommitMayTouchAnItemTwice() throws Exception {
        store().commit(List.of(item("key", 0, "one", index("field", "1")), item("key", 1, "two", index("field", "2"))));
        assertThat(stored("key")).isEqualTo(new Item(kind, "key", 2, "two", List.of()));
        assertThat(store().find(kind, "field", "1", "", 10)).isEmpty();
        store().commit(List.of(new Write.Delete(kind, "key", 2), item("key", 0, "three")));
        assertThat(stored("key")).isEqualTo(new Item(kind, "key", 1, "three", List.of()));
        assertThat(store().find(kind, "field", "2", "", 10)).isEmpty();
    }

    @Test
    public void itemsAreListedByCodePointPageByPage() throws Exception {
        List<Write> writes = new ArrayList<>();
        AWKWARD.forEach(key -> writes.add(0, item(key, 0, "", index("field", "same"))));
        store().commit(writes);
        keys(store().list(kind, "", "", 100)).containsExactlyElementsOf(AWKWARD);
        keys(store().find(kind, "field", "same", "", 100)).containsExactlyElementsOf(AWKWARD);
        for (int i = 0; i < AWKWARD.size(); i++) {
            List<String> rest = AWKWARD.subList(i + 1, Math.min(i + 3, AWKWARD.size()));
            keys(store().list(kind, "", AWKWARD.get(i), 2)).containsExactlyElementsOf(rest);
            keys(store().find(kind, "field", "same", AWKWARD.get(i), 2)).containsExactlyElementsOf(rest);
        }
        assertThat(store().list(kind, "", "", 0)).isEmpty();
    }

    @Test
    public void aPrefixIsTakenAsItIs() throws Exception {
        for (String key : AWKWARD) {
            put(key, 0, "");
            put(key + "%", 0, "");
        }
        for (String prefix : AWKWARD) {
            List<String> expected = AWKWARD.stream()
                    .flatMap(key -> List.of(key, key + "%").stream())
                    .filter(key -> key.startsWith(prefix))
                    .toList();
            keys(store().list(kind, prefix, "", 100)).containsExactlyInAnyOrderElementsOf(expected);
        }
        keys(store().list(kind, "A", "A", 100)).containsExactly("A%", "AB", "AB%");
        keys(store().list(kind, "A", "a", 100)).isEmpty();
        keys(store().list(kind, "a", "A", 2)).containsExactly("a", "a ");
    }

    @Test
    public void aValueIsFoundExactlyAsItIs() throws Exception {
        for (String value : AWKWARD) {
            put("of " + value, 0, "", index("field", value), index("other", value + "x"));
        }
        put("of nothing", 0, "", index("field", ""));
        for (String value : AWKWARD) {
            keys(store().find(kind, "field", value, "", 100)).containsExactly("of " + value);
            assertThat(store().find(kind, "other", value, "", 100)).isEmpty();
        }
        keys(store().find(kind, "field", "", "", 100)).containsExactly("of nothing");
    }

    @Test
    public void theHighestValueIsOfItsFieldAndKindAndOfWhatIsThere() throws Exception {
        put("a", 0, "", Index.uniqueNumber("number", 9), index("label", "\uff5e"));
        put("b", 0, "", Index.uniqueNumber("number", 10), index("label", EMOJI));
        store().commit(List.of(
                new Write.Put(new Item(kind + "2", "c", 0, "", List.of(Index.uniqueNumber("number", 11))))));
        assertThat(store().highest(kind, "number").map(Long::parseLong)).contains(10L);
        assertThat(store().highest(kind, "label")).contains(EMOJI);
        store().commit(List.of(new Write.Delete(kind, "b", 1)));
        assertThat(store().highest(kind, "number").map(Long::parseLong)).contains(9L);
    }

    @Test
    public void indexEntriesAreReplacedWithTheItem() throws Exception {
        put("key", 0, "", index("group", "red"), index("group", "blue"), index("group", "blue"));
        put("key", 1, "", index("group", "blue"), index("group", "green"));
        assertThat(store().find(kind, "group", "red", "", 10)).isEmpty();
        keys(store().find(kind, "group", "blue", "", 10)).containsExactly("key");
        keys(store().find(kind, "group", "green", "", 10)).containsExactly("key");
        put("key", 2, "", unique("group", "blue"));
        refusesBecauseOf("group", item("other", 0, "", unique("group", "blue")));
        put("key", 3, "", index("group", "blue"));
        put("other", 0, "", unique("group", "blue"));
    }

    @Test
    public void aBodyMayHaveAMebibyteAndNoMore() throws Exception {
        String longest = "\u00e9".repeat(1 << 19);
        put("big", 0, longest);
        assertThat(stored("big").body()).isEqualTo(longest);
        refuses(Refusal.Kind.TOO_LARGE, item("small", 0, ""), item("big", 1, longest + "x"));
        assertThat(store().get(kind, "small")).isEmpty();
        put("big", 1, "x".repeat(1 << 20));
        put("empty", 0, "");
        assertThat(stored("empty").body()).isEmpty();
    }

    @Test
    public void namesMayBeAsLongAsTheyMayBeAndNoLonger() throws Exception {
        String longest = "\uff5e".repeat(256);
        put(longest, 0, "", index("f".repeat(32), longest), unique("field", longest));
        keys(store().find(kind, "f".repeat(32), longest, "", 10)).containsExactly(longest);
        keys(store().list(kind, longest, "", 10)).containsExactly(longest);
        refuses(Refusal.Kind.TOO_LARGE, item(longest + "x", 0, ""));
        refuses(Refusal.Kind.TOO_LARGE, item("key", 0, "", index("field", longest + "x")));
        refuses(Refusal.Kind.TOO_LARGE, item("key", 0, "", index("f".repeat(33), "")));
        refuses(Refusal.Kind.TOO_LARGE, new Write.Put(new Item("k".repeat(33), "key", 0, "", List.of())));
        refuses(Refusal.Kind.INVALID, item("", 0, ""));
    }

    @Test
    public void textThatIsNotUnicodeIsRefusedAndMatchesNothing() throws Exception {
        put("?", 0, "", index("field", "?"));
        String broken = EMOJI.substring(0, 1);
        refuses(Refusal.Kind.INVALID, item(broken, 0, ""));
        refuses(Refusal.Kind.INVALID, item("key", 0, broken));
        refuses(Refusal.Kind.INVALID, item("key", 0, "", index("field", broken)));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> store().get(kind, broken));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> store().list(kind, broken, "", 1));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> store().find(kind, "field", broken, "", 1));
    }
}
