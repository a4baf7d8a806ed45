package org.latchkey.directory.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;

public class SearchTest {

    private final Town town = new Town();

    @Test
    public void fiveHundredQueriesFindWhatTheyShouldEachOnceAndInOrder() {
        Random random = new Random(63);
        town.settle(random, 300);
        RandomQueries queries = new RandomQueries(random);
        int hits = 0;
        for (int i = 0; i < 500; i++) {
            String query = queries.next();
            Node<Entity> node = Parser.parse(query, EntityFields.vocabulary());
            List<Entity> found = town.find(query, 1 + random.nextInt(40));
            assertThat(found).as(query).doesNotHaveDuplicates();
            assertThat(new HashSet<>(found))
                    .as(query)
                    .isEqualTo(
                            new HashSet<>(town.entities().stream().filter(node).toList()));
            assertThat(found).as(query).isSortedAccordingTo(order(Planner.plan(node)));
            hits += found.size();
        }
        assertThat(hits).as("the queries find something").isGreaterThan(5000);
    }

    /** By the first source that has it, and in that as the source says. */
    private static Comparator<Entity> order(List<Source<Entity>> plan) {
        return Comparator.<Entity>comparingInt(entity -> first(plan, entity))
                .thenComparing(entity -> value(plan.get(first(plan, entity)), entity))
                .thenComparing(Entity::id);
    }

    private static int first(List<Source<Entity>> plan, Entity entity) {
        return IntStream.range(0, plan.size())
                .filter(i -> plan.get(i).holds(entity))
                .findFirst()
                .orElseThrow();
    }

    private static String value(Source<Entity> source, Entity entity) {
        if (source instanceof NumberSource) {
            return "%019d".formatted(entity.number());
        }
        if (source instanceof PrefixSource<Entity> prefix) {
            return Fold.of(prefix.field().values().apply(entity).iterator().next());
        }
        return "";
    }

    @Test
    public void pagesMissNoneAndRepeatNoneWhileOthersComeAndGo() {
        Random random = new Random(5);
        List<String> queries = List.of("*", "st*", "id:st*", "group:staff", "number:>=1", "-locked:true", "*s*");
        for (String query : queries) {
            Town changing = new Town();
            changing.put(Group.named("staff"));
            IntStream.range(0, 60).forEach(i -> changing.put(changing.stayer("st" + (i * 7) % 60)));
            Set<String> comers = new HashSet<>();
            List<String> found = new ArrayList<>();
            String cursor = "";
            do {
                Page<Entity> page = changing.search.page(query, cursor, 7);
                page.items().forEach(entity -> found.add(entity.id()));
                cursor = page.next().orElse("");
                for (int i = 0; i < 5; i++) {
                    String id = "st" + random.nextInt(60) + "x" + random.nextInt(9);
                    if (comers.add(id)) {
                        changing.put(changing.stayer(id));
                    } else {
                        changing.remove(id);
                    }
                }
                assertThat(found).hasSizeLessThan(10_000);
            } while (!cursor.isEmpty());
            assertThat(found.stream().filter(id -> !id.contains("x")))
                    .as(query)
                    .hasSize(60)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    public void theSameNameInAnotherPlaceIsGivenOnce() {
        town.put(town.stayer("ada").withMeta(MetaField.DISPLAY_NAME, "Ada").withMeta(MetaField.LEGAL_NAME, "Adah"));
        town.put(town.stayer("bob").withMeta(MetaField.DISPLAY_NAME, "Adam"));
        town.put(town.stayer("ADAMS"));
        for (int limit : new int[] {1, 2, 3, 1000}) {
            assertThat(town.find("ada*", limit)).extracting(Entity::id).containsExactly("ada", "ADAMS", "bob");
        }
        assertThat(town.find("ada", 1)).extracting(Entity::id).containsExactly("ada");
        assertThat(town.find("id:ADA*", 1)).extracting(Entity::id).containsExactly("ada", "ADAMS");
    }

    @Test
    public void longTextsAreFoundByTheirBeginningAndComparedInWhole() {
        String longText = "x".repeat(300);
        town.put(town.stayer("a").withMeta(MetaField.DISPLAY_NAME, longText + "a"));
        town.put(town.stayer("b").withMeta(MetaField.DISPLAY_NAME, longText + "B"));
        assertThat(town.find("meta.display_name:" + longText + "b", 5))
                .extracting(Entity::id)
                .containsExactly("b");
        assertThat(town.find("meta.display_name:" + longText + "a*", 5))
                .extracting(Entity::id)
                .containsExactly("a");
        assertThat(town.find("meta.display_name:" + longText, 5)).isEmpty();
    }

    @Test
    public void groupsThatDifferByCaseAreAllMeant() {
        town.put(Group.named("Crew"));
        town.put(Group.named("crew"));
        town.put(town.stayer("b").withGroups(Set.of("Crew")));
        town.put(town.stayer("a").withGroups(Set.of("crew", "Crew")));
        assertThat(town.find("group:CREW", 1)).extracting(Entity::id).containsExactly("a", "b");
        IntStream.range(0, 20).forEach(i -> town.put(Group.named("cre" + i)));
        assertThat(town.find("group:cre*", 1)).extracting(Entity::id).containsExactly("a", "b");
    }

    @Test
    public void groupsAreFoundByNameAndDisplayName() {
        town.put(Group.named("Staff").withDisplayName("Everybody").withNumber(7));
        town.put(Group.named("every").withManagedBy("Staff").withNumber(8));
        Search<Group> groups = town.groupSearch;
        assertThat(groups.page("every*", "", 10).items())
                .extracting(Group::name)
                .containsExactly("every", "Staff");
        assertThat(groups.page("ManagedBy:STAFF", "", 10).items())
                .extracting(Group::name)
                .containsExactly("every");
        assertThat(groups.page("number:<8", "", 10).items())
                .extracting(Group::name)
                .containsExactly("Staff");
        assertThat(groups.page("name:staff", "", 10).items()).hasSize(1);
    }

    @Test
    public void aPageThatHadToLookThroughMuchIsShortAndGoesOn() {
        IntStream.range(0, 1200).forEach(i -> town.put(town.stayer("n%04d".formatted(i))));
        Page<Entity> first = town.search.page("*1199", "", 10);
        assertThat(first.items()).isEmpty();
        assertThat(first.next()).isPresent();
        assertThat(town.find("*1199", 10)).extracting(Entity::id).containsExactly("n1199");
        assertThat(town.pages("*1199", 10)).isEqualTo(2);
        assertThat(town.find("*", 1000)).hasSize(1200);
    }

    @Test
    public void a05_limitsBeyondMeasureAreRefused() {
        for (int limit : new int[] {0, -1, 1001, 1_000_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(pointer("*", "", limit)).isEqualTo("/limit");
        }
    }

    @Test
    public void a05_aCursorIsGoodForItsQueryOnly() {
        IntStream.range(0, 5).forEach(i -> town.put(town.stayer("a" + i)));
        String cursor = town.search.page("a*", "", 2).next().orElseThrow();
        assertThat(town.search.page("a*", cursor, 1).items())
                .extracting(Entity::id)
                .containsExactly("a2");
        assertThat(pointer("a?", cursor, 2)).isEqualTo("/cursor");
        assertThat(pointer("a*", cursor + "A", 2)).isEqualTo("/cursor");
        assertThat(pointer("a*", "a2", 2)).isEqualTo("/cursor");
        assertThat(catchThrowableOfType(Refusal.class, () -> town.groupSearch.page("a*", cursor, 2))
                        .pointer())
                .isEqualTo("/cursor");
    }

    private String pointer(String query, String cursor, int limit) {
        return catchThrowableOfType(Refusal.class, () -> town.search.page(query, cursor, limit))
                .pointer();
    }
}
