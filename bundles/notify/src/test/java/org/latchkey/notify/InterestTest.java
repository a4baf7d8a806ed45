package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.extension.Notifier;

public class InterestTest {

    private static Interest of(Object property) {
        return Interest.of(Map.of(Notifier.TOPICS, property));
    }

    @Test
    public void aPatternStandsForTypes() {
        Interest entities = of("entity.*");
        assertThat(entities.includes("entity.created")).isTrue();
        assertThat(entities.includes("entityXcreated")).isFalse();
        assertThat(entities.includes("group.created")).isFalse();
        assertThat(of("*.created").includes("group.created")).isTrue();
        assertThat(of("plugin.removed").includes("plugin.removed.too")).isFalse();
    }

    @Test
    public void severalAreATextWithCommasAnArrayOrAList() {
        for (Object several : List.of("a.*, b", new String[] {"b", "a.*"}, List.of("a.*", "b"))) {
            assertThat(of(several)).isEqualTo(Interest.of(List.of("b", "a.*")));
            assertThat(of(several).includes("b")).isTrue();
            assertThat(of(several).includes("c")).isFalse();
        }
    }

    /** Fails open: too much rather than nothing. */
    @Test
    public void withoutAWishItIsEverything() {
        for (Interest all : List.of(Interest.of(Map.of()), of(""), of(7), of(new int[] {1}), of("*"))) {
            assertThat(all.includes("anything")).isTrue();
        }
    }
}
