package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue.Topic;
import org.latchkey.api.service.Notices.Listed;

public class CatalogueTest {

    static final Topic CREATED =
            new Topic("entity.created", "It was created.", "entity", Map.of("entity", "who", "number", "its number"));
    private static final Topic REMOVED =
            new Topic("plugin.removed", "It was removed.", "plugin", Map.of("plugin", "which"));

    private final Catalogue catalogue = new Catalogue();

    private static Notice notice(String type, Map<String, String> content) {
        return new Notice("1", type, Instant.EPOCH, "root", content);
    }

    @Test
    public void whatBundlesListIsThereByNameWhileTheyAre() {
        catalogue.appeared("b", "org.b", () -> Optional.of(List.of(REMOVED)));
        catalogue.appeared("a", "org.a", () -> Optional.of(List.of(CREATED)));
        assertThat(catalogue.list()).containsExactly(new Listed("org.a", CREATED), new Listed("org.b", REMOVED));
        catalogue.vanished("a");
        assertThat(catalogue.list()).containsExactly(new Listed("org.b", REMOVED));
    }

    @Test
    public void twoRevisionsOfAPluginAreOneWhileOneReplacesTheOther() {
        catalogue.appeared("1.0.0", "org.a", () -> Optional.of(List.of(CREATED)));
        catalogue.appeared("2.0.0", "org.a", () -> Optional.of(List.of(CREATED)));
        assertThat(catalogue.list()).hasSize(1);
    }

    @Test
    public void row108ItCoversListedTypesWithListedFactsOrFewer() {
        catalogue.appeared("a", "org.a", () -> Optional.of(List.of(CREATED)));
        assertThat(catalogue.covers(notice("entity.created", Map.of("entity", "ada"))))
                .isTrue();
        assertThat(catalogue.covers(notice("entity.created", Map.of("entity", "ada", "shell", "sh"))))
                .isFalse();
        assertThat(catalogue.covers(notice("entity.updated", Map.of()))).isFalse();
        assertThat(catalogue.covers("entity.created", "number")).isTrue();
        assertThat(catalogue.covers("entity.created", "shell")).isFalse();
    }

    @Test
    public void whatAPluginTellsWhileItGoesIsStillCovered() {
        catalogue.appeared("a", "org.a", () -> Optional.of(List.of(CREATED)));
        catalogue.list();
        catalogue.vanished("a");
        assertThat(catalogue.covers(notice("entity.created", Map.of()))).isTrue();
    }

    @Test
    public void aListThatFailsIsEmptyAndAskedForOnce() {
        int[] asked = new int[1];
        catalogue.appeared("a", "org.a", () -> {
            asked[0]++;
            throw new StackOverflowError();
        });
        catalogue.appeared("b", "org.b", () -> Optional.of(List.of(new Topic(null, "", "f", Map.of("f", "")))));
        catalogue.appeared("c", "org.c", () -> Optional.of(List.of(CREATED)));
        assertThat(catalogue.list()).hasSize(1);
        assertThat(catalogue.list()).hasSize(1);
        assertThat(catalogue.covers("entity.created", "number")).isTrue();
        assertThat(asked[0]).isEqualTo(1);
    }

    @Test
    public void whatIsKnownIsKnownWithoutAskingAnybody() {
        int[] asked = new int[1];
        catalogue.appeared("a", "org.a", () -> {
            asked[0]++;
            return Optional.of(List.of(CREATED));
        });
        assertThat(catalogue.knows(notice("entity.created", Map.of()))).isFalse();
        assertThat(asked[0]).isZero();
        assertThat(catalogue.covers(notice("entity.created", Map.of()))).isTrue();
        assertThat(catalogue.knows(notice("entity.created", Map.of()))).isTrue();
    }

    /** It may wait for the outbox, which asks it. */
    @Test
    public void aListThatIsNotToBeHadYetIsAskedForAgain() {
        int[] asked = new int[1];
        catalogue.appeared("a", "org.a", () -> ++asked[0] == 1 ? Optional.empty() : Optional.of(List.of(CREATED)));
        assertThat(catalogue.list()).isEmpty();
        assertThat(catalogue.list()).hasSize(1);
        assertThat(catalogue.list()).hasSize(1);
        assertThat(asked[0]).isEqualTo(2);
    }
}
