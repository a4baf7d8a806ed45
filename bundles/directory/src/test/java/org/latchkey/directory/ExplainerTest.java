package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.directory.TestDirectory.ROOT;
import static org.latchkey.directory.TestDirectory.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Explanation.Expected;
import org.latchkey.testkit.MemoryStore;

/**
 * The rule: what a receipt lists is what the explanation before it listed, in the same order; or it breaks off after
 * an extension that refused or failed. A login adds, if rejected, what was listed for that.
 */
public class ExplainerTest {

    private static final int SETS = 500;

    private TestDirectory test;

    @Before
    public void start() throws Exception {
        test = new TestDirectory(new MemoryStore(), 8);
        test.create("alice", "open sesame");
        test.create("locked", "open sesame");
        test.writer.lockEntity(ROOT, "locked");
        test.writer.createGroup(ROOT, Group.named("staff"));
    }

    /** A hook that at some of the points refuses, throws, answers nonsense, or changes a value. */
    private static final class Moody implements DirectoryHook {

        private final int mood;
        private final int at;
        private int calls;

        Moody(int mood, int at) {
            this.mood = mood;
            this.at = at;
        }

        private Entity answer(Entity entity) {
            if (calls++ != at) {
                return entity;
            }
            return switch (mood) {
                case 0 -> throw new Refusal("moody", "Not today.");
                case 1 -> throw new IllegalStateException("broken");
                case 2 -> entity.withNumber(entity.number() + 1);
                case 3 -> entity.withMeta(MetaField.GECOS, entity.meta(MetaField.GECOS) + "x");
                default -> entity;
            };
        }

        @Override
        public Entity entityCreate(Entity entity, Change<Entity> change) {
            return answer(entity);
        }

        @Override
        public Entity entityUpdate(Entity entity, Change<Entity> change) {
            return answer(entity);
        }

        @Override
        public Entity entityLock(Entity entity, Change<Entity> change) {
            return answer(entity);
        }

        @Override
        public Entity entityDestroy(Entity entity, Change<Entity> change) {
            return answer(entity);
        }

        @Override
        public Entity preSecretChange(Entity entity, Change<Entity> change) {
            return answer(entity);
        }

        @Override
        public Entity postSecretChange(Entity entity, Change<Entity> change) {
            return answer(entity);
        }

        @Override
        public Entity preAuthCheck(Entity entity, Attempt attempt) {
            return answer(entity);
        }

        @Override
        public Entity postAuthCheck(Entity entity, Attempt attempt) {
            return answer(entity);
        }

        @Override
        public Entity failedAuthCheck(Entity entity, Attempt attempt) {
            return answer(entity);
        }
    }

    private void deploy(Random random) {
        test.points.clear(DirectoryHook.class);
        int hooks = random.nextInt(9);
        for (int i = 0; i < hooks; i++) {
            String plugin = "org.example." + (char) ('a' + random.nextInt(20)) + i;
            String policy = List.of("", "", "advisory", "advisory", "required").get(random.nextInt(5));
            test.points.add(
                    DirectoryHook.class,
                    new Moody(random.nextInt(14), random.nextInt(2)),
                    plugin,
                    random.nextInt(3) * 10,
                    policy);
            if (random.nextInt(6) == 0 && (!policy.equals("required") || random.nextInt(4) == 0)) {
                test.points.quarantine(plugin + ".Main", "too slow");
            }
        }
    }

    /** What can happen, by operation and whom it is about. */
    private record Deed(String operation, String id, boolean withSecret, Runnable act) {}

    private Deed deed(Random random, int round) {
        String fresh = "e" + round;
        List<Deed> deeds = List.of(
                new Deed("authentication", "alice", true, () -> test.signIn("alice", "open sesame")),
                new Deed("authentication", "alice", true, () -> test.signIn("alice", "wrong")),
                new Deed("authentication", "locked", true, () -> test.signIn("locked", "open sesame")),
                new Deed("authentication", "nobody", true, () -> test.signIn("nobody", "x")),
                new Deed("authentication", "root", true, () -> test.signIn("root", TestDirectory.ROOT_SECRET)),
                new Deed("entity-create", fresh, true, () -> test.create(fresh, "open sesame")),
                new Deed(
                        "entity-create",
                        fresh,
                        false,
                        () -> test.writer.createEntity(ROOT, Entity.named(fresh), Optional.empty())),
                new Deed("entity-create", "alice", true, () -> test.create("alice", "open sesame")),
                new Deed(
                        "entity-update",
                        "alice",
                        true,
                        () -> test.writer.updateEntity(ROOT, "alice", Map.of(MetaField.SHELL, "/bin/sh"))),
                new Deed("entity-update", "nobody", true, () -> test.writer.updateEntity(ROOT, "nobody", Map.of())),
                new Deed("entity-lock", "locked", true, () -> test.writer.lockEntity(ROOT, "locked")),
                new Deed("entity-lock", "root", true, () -> test.writer.lockEntity(ROOT, "root")),
                new Deed("entity-destroy", "nobody", true, () -> test.writer.destroyEntity(ROOT, "nobody")),
                new Deed("secret-change", "alice", true, () -> changeSecret("alice")),
                new Deed(
                        "group-update",
                        "staff",
                        true,
                        () -> test.writer.updateGroup(ROOT, "staff", Optional.of("Staff"), Optional.empty())),
                new Deed("group-create", "staff", true, () -> test.writer.createGroup(ROOT, Group.named("staff"))),
                new Deed("membership-change", "alice", true, () -> test.writer.addMember(ROOT, "staff", "alice")));
        return deeds.get(random.nextInt(deeds.size()));
    }

    private void changeSecret(String id) {
        try (Secret same = secret("open sesame")) {
            test.writer.changeSecret(ROOT, id, same, Optional.empty());
        }
    }

    @Test
    public void h15_receiptsListWhatTheExplanationListedBefore() {
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int round = 0; round < SETS; round++) {
            Random random = new Random(round);
            deploy(random);
            Deed deed = deed(random, round);
            Explanation explained = test.writer.explain(deed.operation(), deed.id());
            String outcome = act(deed);
            List<String> ran = ran();
            String story = "seed " + round + " " + deed.operation() + " of " + deed.id() + ": " + outcome + " " + ran
                    + "\n  of " + explained;
            assertThat(test.audit.last().type()).as(story).isEqualTo(deed.operation());
            assertFits(story, ran, outcome, explained, deed);
            seen.merge(outcome, 1, Integer::sum);
        }
        assertThat(seen)
                .containsKeys(
                        "ok",
                        "refused:moody",
                        "refused:policy-failed",
                        "refused:policy-missing",
                        "refused:wrong-secret",
                        "refused:locked",
                        "refused:unknown",
                        "refused:exists",
                        "refused:not-found");
    }

    private String act(Deed deed) {
        try {
            deed.act().run();
        } catch (Refusal refused) {
            assertThat(test.audit.last().details()).containsEntry("outcome", "refused:" + refused.code());
        }
        return (String) test.audit.last().details().get("outcome");
    }

    private static void assertFits(String story, List<String> ran, String outcome, Explanation explained, Deed deed) {
        List<String> expected = names(explained.wouldRun(), deed.withSecret());
        List<String> after = names(explained.ifRejected(), deed.withSecret());
        List<String> before =
                ran.stream().filter(each -> !each.startsWith("FailedAuthCheck")).toList();
        List<String> behind =
                ran.stream().filter(each -> each.startsWith("FailedAuthCheck")).toList();
        assertPrefix(story, before, expected, outcome.equals("refused:wrong-secret") ? 1 : 0);
        assertPrefix(story, behind, after, deed.operation().equals("authentication") && behind.isEmpty() ? 1 : 0);
        if (!explained.refusedBy().isEmpty() && before.size() == expected.size()) {
            assertThat(outcome).as(story).startsWith("refused:");
        }
        if (outcome.equals("ok")) {
            assertThat(before).as(story).hasSameSizeAs(expected);
            assertThat(behind).as(story).isEmpty();
        } else if (deed.operation().equals("authentication") && !after.isEmpty()) {
            assertThat(behind).as(story).isNotEmpty();
        }
    }

    /**
     * @param shorter 1 where it may also break off between two places, because the core rejected or accepted
     */
    private static void assertPrefix(String story, List<String> ran, List<String> expected, int shorter) {
        assertThat(ran.size()).as(story).isLessThanOrEqualTo(expected.size());
        for (int i = 0; i < ran.size(); i++) {
            String verdict = ran.get(i).substring(ran.get(i).indexOf('=') + 1);
            String foreseen = expected.get(i).substring(expected.get(i).indexOf('=') + 1);
            assertThat(place(ran.get(i))).as(story).isEqualTo(place(expected.get(i)));
            switch (foreseen) {
                case "skipped" -> assertThat(verdict).as(story).isEqualTo("skipped");
                case "fails" -> assertThat(verdict).as(story).isEqualTo("failed");
                default -> assertThat(verdict).as(story).isNotEmpty();
            }
        }
        if (ran.size() < expected.size() && shorter == 0) {
            assertThat(ran).as(story).isNotEmpty();
            assertThat(ran.get(ran.size() - 1)).as(story).matches(".*=(failed|refused:moody)");
        }
    }

    private static String place(String entry) {
        return entry.substring(0, entry.indexOf('='));
    }

    private static List<String> names(List<Expected> expected, boolean withSecret) {
        return expected.stream()
                .filter(each -> withSecret || each.when().isEmpty())
                .map(each -> each.place() + " " + each.extension() + " " + each.plugin() + " " + each.version() + "="
                        + each.expect())
                .toList();
    }

    private List<String> ran() {
        List<String> ran = new ArrayList<>();
        for (Object each : (List<?>) test.audit.last().details().get("ran")) {
            Map<?, ?> one = (Map<?, ?>) each;
            ran.add(one.get("place") + " " + one.get("extension") + " " + one.get("plugin") + " " + one.get("version")
                    + "=" + one.get("verdict"));
        }
        return ran;
    }

    @Test
    public void rootMeetsNoPlugin() {
        test.points.add(DirectoryHook.class, new DirectoryHook() {}, "org.example.a", 0, "required");
        test.points.quarantine("org.example.a.Main", "by hand");
        Explanation explained = test.writer.explain("authentication", "root");
        assertThat(explained.wouldRun()).isEmpty();
        assertThat(explained.refusedBy()).isEmpty();
        assertThat(explained.skipped()).extracting(Expected::reason).containsExactly("root meets no plugin");
    }

    @Test
    public void aMissingPolicyIsNamed() {
        test.points.add(DirectoryHook.class, new DirectoryHook() {}, "org.example.a", 0, "required");
        test.points.quarantine("org.example.a.Main", "by hand");
        for (String operation : List.of("authentication", "entity-update")) {
            Explanation explained = test.writer.explain(operation, "alice");
            assertThat(explained.refusedBy()).isEqualTo("require-policies");
            assertThat(explained.reason()).contains("org.example.a");
            assertThat(explained.skipped())
                    .extracting(Expected::reason)
                    .containsExactly("required, but quarantined: by hand");
        }
    }

    @Test
    public void explainingChangesNothing() {
        int before = test.audit.events().size();
        for (String operation : test.writer.steps().keySet()) {
            if (!operation.equals("authentication-rejected")) {
                test.writer.explain(operation, "somebody");
            }
        }
        assertThat(test.audit.events()).hasSize(before);
        assertThat(test.directory.entity("somebody")).isEmpty();
        assertThatThrownBy(() -> test.writer.explain("no-such", "alice")).isInstanceOf(Refusal.class);
    }
}
