package org.latchkey.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.extension.NoticeCatalogue.Topic;

public class TopicsTest {

    private static final Topic CREATED = new Topic("entity.created", "It was.", "entity", Map.of("entity", "who"));

    @Test
    public void eachListIsReadOnceAndOneThatFailsCostsOnlyItself() {
        Topics topics = new Topics();
        int[] asked = new int[1];
        topics.appeared(1L, () -> {
            throw new StackOverflowError();
        });
        topics.appeared(2L, () -> {
            asked[0]++;
            return List.of(new Topic(null, "", "f", Map.of("f", "")), CREATED);
        });
        topics.appeared(3L, () -> null);
        assertThat(topics.of("entity.created")).contains(CREATED);
        assertThat(topics.of("entity.created")).contains(CREATED);
        assertThat(asked[0]).isEqualTo(1);
        topics.vanished(2L);
        assertThat(topics.of("entity.created")).isEmpty();
    }
}
