package org.latchkey.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.latchkey.api.store.Item;

public class ParsedItemsTest {

    private final List<String> parsed = new ArrayList<>();
    private final ParsedItems<StringBuilder> items = new ParsedItems<>(this::parse, 10_000);

    private StringBuilder parse(Item item) {
        if (item.body().isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        parsed.add(item.body());
        return new StringBuilder(item.body());
    }

    private static Item item(String key, long version, String body) {
        return new Item("k", key, version, body, List.of());
    }

    @Test
    public void theSameItemIsParsedOnce() {
        StringBuilder first = items.of(item("a", 1, "one"));
        assertThat(items.of(item("a", 1, new String("one")))).isSameAs(first);
        assertThat(parsed).containsExactly("one");
    }

    @Test
    public void anotherVersionIsParsedAnewAndTheOneBeforeIsGivenUp() {
        items.of(item("a", 1, "one"));
        assertThat(items.of(item("a", 2, "two")).toString()).isEqualTo("two");
        assertThat(items.of(item("a", 3, "two")).toString()).isEqualTo("two");
        assertThat(parsed).containsExactly("one", "two", "two");
        assertThat(items.size()).isEqualTo(1);
    }

    /** It has the version that the one before had. */
    @Test
    public void whatWasDeletedAndMadeAgainIsParsedAnew() {
        items.of(item("a", 1, "one"));
        assertThat(items.of(item("a", 1, "another")).toString()).isEqualTo("another");
    }

    @Test
    public void keysAreNotMixedUp() {
        items.of(item("a", 1, "one"));
        assertThat(items.of(item("b", 1, "other")).toString()).isEqualTo("other");
        assertThat(items.of(item("a", 1, "one")).toString()).isEqualTo("one");
    }

    @Test
    public void aBodyThatCannotBeReadIsRefusedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatIllegalArgumentException().isThrownBy(() -> items.of(item("a", 1, "")));
        }
        assertThat(items.of(item("a", 1, "one")).toString()).isEqualTo("one");
    }

    @Test
    public void itIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            items.of(item("key" + i, 1, "body of a hundred characters or so".repeat(3)));
        }
        assertThat(items.size()).isLessThanOrEqualTo(33);
    }
}
