package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.latchkey.directory.TestDirectory.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Group.Rule;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.Refusal.Kind;

public class GroupRulesTest {

    private TestDirectory test;

    @Before
    public void begin() throws Exception {
        test = new TestDirectory();
    }

    private void groups(String... names) {
        for (String name : names) {
            test.writer.createGroup(ROOT, Group.named(name));
        }
    }

    private void entities(String... ids) {
        for (String id : ids) {
            test.writer.createEntity(ROOT, Entity.named(id), Optional.empty());
        }
    }

    private void include(String group, String target) {
        test.writer.setRule(ROOT, group, target, Rule.INCLUDE);
    }

    private void exclude(String group, String target) {
        test.writer.setRule(ROOT, group, target, Rule.EXCLUDE);
    }

    private static void refused(Kind kind, ThrowingCallable change) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(change).satisfies(refusal -> assertThat(refusal.kind())
                .isEqualTo(kind));
    }

    private static Caller caller(String id, Capability... capabilities) {
        return new Caller(id, Set.of(capabilities), "r", "127.0.0.1", false);
    }

    private List<String> members(String group, int limit) {
        List<String> ids = new ArrayList<>();
        Page<Entity> page = test.directory.members(group, "", limit);
        page.items().forEach(each -> ids.add(each.id()));
        while (page.next().isPresent()) {
            page = test.directory.members(group, page.next().get(), limit);
            page.items().forEach(each -> ids.add(each.id()));
        }
        return ids;
    }

    @Test
    public void row54_membersOfAnIncludedGroupAreMembers() {
        groups("staff", "ops");
        entities("alice");
        test.writer.addMember(ROOT, "ops", "alice");
        include("staff", "ops");
        assertThat(test.directory.groupsOf("alice")).containsExactlyInAnyOrder("ops", "staff");
        assertThat(members("staff", 10)).containsExactly("alice");
    }

    @Test
    public void row55_excludeIsReversible() {
        groups("login", "users", "restricted");
        entities("alice");
        test.writer.addMember(ROOT, "users", "alice");
        test.writer.addMember(ROOT, "login", "alice");
        test.writer.addMember(ROOT, "restricted", "alice");
        include("login", "users");
        exclude("login", "restricted");
        assertThat(members("login", 10)).isEmpty();
        test.writer.removeRule(ROOT, "login", "restricted");
        assertThat(members("login", 10)).containsExactly("alice");
    }

    @Test
    public void row57_cyclesAreRefusedAlsoOfOne() {
        groups("a", "b", "c");
        refused(Kind.CONFLICT, () -> include("a", "a"));
        refused(Kind.CONFLICT, () -> exclude("a", "a"));
        include("a", "b");
        refused(Kind.CONFLICT, () -> include("b", "a"));
        exclude("b", "c");
        refused(Kind.CONFLICT, () -> include("c", "a"));
        assertThat(test.directory.group("c").orElseThrow().rules()).isEmpty();
        refused(Kind.NOT_FOUND, () -> include("a", "nobody"));
        refused(Kind.NOT_FOUND, () -> include("nobody", "a"));
    }

    @Test
    public void rulesMayFollowOneAnother64Deep() {
        for (int i = 0; i <= 65; i++) {
            groups("g" + i);
        }
        for (int i = 0; i < 64; i++) {
            include("g" + i, "g" + (i + 1));
        }
        refused(Kind.CONFLICT, () -> include("g64", "g65"));
        groups("top");
        refused(Kind.CONFLICT, () -> include("top", "g0"));
    }

    @Test
    public void row58_aRuleIsDroppedByItsExactName() {
        groups("a", "dev", "devops");
        include("a", "devops");
        refused(Kind.NOT_FOUND, () -> test.writer.removeRule(ROOT, "a", "dev"));
        include("a", "dev");
        test.writer.removeRule(ROOT, "a", "dev");
        assertThat(test.directory.group("a").orElseThrow().rules()).containsOnlyKeys("devops");
    }

    @Test
    public void row59_aGroupThatOthersNeedStaysAndOneThatNobodyNeedsTakesItsRulesAlong() throws Exception {
        groups("a", "b", "c");
        entities("alice");
        test.writer.addMember(ROOT, "b", "alice");
        include("a", "b");
        refused(Kind.CONFLICT, () -> test.writer.destroyGroup(ROOT, "b"));
        test.writer.updateGroup(ROOT, "c", Optional.empty(), Optional.of("b"));
        test.writer.removeRule(ROOT, "a", "b");
        refused(Kind.CONFLICT, () -> test.writer.destroyGroup(ROOT, "b"));
        test.writer.updateGroup(ROOT, "c", Optional.empty(), Optional.of(""));
        include("a", "b");
        test.writer.destroyGroup(ROOT, "a");
        test.writer.destroyGroup(ROOT, "b");
        assertThat(test.directory.groupsOf("alice")).isEmpty();
        groups("b");
        assertThat(members("b", 10)).isEmpty();
        TestDirectory restarted = new TestDirectory(test.store);
        assertThat(restarted.directory.groupsOf("alice")).isEmpty();
    }

    @Test
    public void row60_membersAndGroupsAgreeOnRandomGraphsAndInPagesOfAnySizeAlsoAfterARestart() throws Exception {
        Random random = new Random(61);
        for (int round = 0; round < 25; round++) {
            test = new TestDirectory();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                groups("g" + i);
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(4) == 0) {
                        test.writer.setRule(
                                ROOT, "g" + i, "g" + j, random.nextInt(3) == 0 ? Rule.EXCLUDE : Rule.INCLUDE);
                    }
                }
            }
            for (int i = 0; i < 12; i++) {
                ids.add(String.format("e%02d", i));
                entities(ids.get(i));
                for (int j = 0; j < 10; j++) {
                    if (random.nextInt(4) == 0) {
                        test.writer.addMember(ROOT, "g" + j, ids.get(i));
                    }
                }
            }
            agree(ids, 1 + random.nextInt(4));
            test = new TestDirectory(test.store);
            agree(ids, 1000);
        }
    }

    private void agree(List<String> ids, int limit) {
        for (int j = 0; j < 10; j++) {
            String group = "g" + j;
            List<String> expected = ids.stream()
                    .filter(id -> test.directory.groupsOf(id).contains(group))
                    .toList();
            assertThat(members(group, limit)).isEqualTo(expected);
        }
    }

    @Test
    public void aPageThatFindsNobodyAmongManyGoesOnAndEnds() {
        groups("all", "most", "bad");
        include("all", "most");
        exclude("all", "bad");
        for (int i = 0; i < 60; i++) {
            String id = String.format("e%02d", i);
            entities(id);
            test.writer.addMember(ROOT, "most", id);
            if (i != 55) {
                test.writer.addMember(ROOT, "bad", id);
            }
        }
        assertThat(members("all", 1)).containsExactly("e55");
    }

    @Test
    public void row61_aManagerByMembershipInEffectAdministersTheManagedGroupOnly() {
        groups("managers", "leads", "team", "other");
        entities("ann", "bob");
        test.writer.addMember(ROOT, "leads", "ann");
        include("managers", "leads");
        test.writer.updateGroup(ROOT, "team", Optional.empty(), Optional.of("managers"));
        Caller ann = caller("ann");
        test.writer.updateGroup(ann, "team", Optional.of("The team"), Optional.empty());
        test.writer.addMember(ann, "team", "bob");
        test.writer.setRule(ann, "team", "other", Rule.INCLUDE);
        test.writer.removeRule(ann, "team", "other");
        test.writer.removeMember(ann, "team", "bob");
        refused(Kind.DENIED, () -> test.writer.addMember(ann, "other", "bob"));
        refused(Kind.DENIED, () -> test.writer.updateGroup(ann, "other", Optional.of("x"), Optional.empty()));
        exclude("managers", "other");
        test.writer.addMember(ROOT, "other", "ann");
        refused(Kind.DENIED, () -> test.writer.addMember(ann, "team", "bob"));
    }

    @Test
    public void row61_aGroupMayManageItself() {
        test.writer.createGroup(ROOT, Group.named("self").withManagedBy("self"));
        entities("ann");
        test.writer.addMember(ROOT, "self", "ann");
        test.writer.updateGroup(caller("ann"), "self", Optional.of("Ours"), Optional.empty());
        test.writer.destroyGroup(ROOT, "self");
    }

    /** Negation is not monotone: who leaves a group may gain elsewhere. */
    @Test
    public void nobodyGivesPowerThroughRulesThatTheyDoNotHold() {
        groups("wheel", "ops", "banned");
        entities("eve", "mallory");
        test.writer.changeGroupCapabilities(ROOT, "wheel", held -> Set.of(Capability.GLOBAL_ROOT));
        Caller helpdesk = caller("eve", Capability.MODIFY_GROUP_MEMBERS, Capability.MODIFY_GROUP_META);
        refused(Kind.DENIED, () -> test.writer.setRule(helpdesk, "wheel", "ops", Rule.INCLUDE));
        include("wheel", "ops");
        refused(Kind.DENIED, () -> test.writer.addMember(helpdesk, "ops", "eve"));
        refused(Kind.DENIED, () -> test.writer.setRule(helpdesk, "ops", "banned", Rule.INCLUDE));
        exclude("wheel", "banned");
        test.writer.addMember(ROOT, "banned", "mallory");
        test.writer.addMember(ROOT, "ops", "mallory");
        assertThat(test.directory.capabilities(test.directory.entity("mallory").orElseThrow()))
                .isEmpty();
        refused(Kind.DENIED, () -> test.writer.removeMember(helpdesk, "banned", "mallory"));
        test.writer.addMember(helpdesk, "banned", "eve");
    }

    @Test
    public void capabilitiesComeThroughRulesAndGoWithThem() {
        groups("wheel", "ops");
        entities("alice");
        test.writer.changeGroupCapabilities(ROOT, "wheel", held -> Set.of(Capability.LOCK_ENTITY));
        test.writer.addMember(ROOT, "ops", "alice");
        include("wheel", "ops");
        assertThat(test.directory.capabilities(test.directory.entity("alice").orElseThrow()))
                .containsExactly(Capability.LOCK_ENTITY);
        test.writer.changeGroupCapabilities(ROOT, "wheel", held -> Set.of());
        assertThat(test.directory.capabilities(test.directory.entity("alice").orElseThrow()))
                .isEmpty();
    }

    /** Two nodes on one store: what one adds, the other sees, and of two halves of a cycle one is refused. */
    @Test
    public void twoNodesSeeEachOthersRules() throws Exception {
        TestDirectory other = new TestDirectory(test.store);
        groups("a", "b");
        entities("alice");
        test.writer.addMember(ROOT, "b", "alice");
        include("a", "b");
        assertThat(other.directory.groupsOf("alice")).containsExactlyInAnyOrder("a", "b");
        refused(Kind.CONFLICT, () -> other.writer.setRule(ROOT, "b", "a", Rule.INCLUDE));
        other.writer.removeRule(ROOT, "a", "b");
        assertThat(new TreeSet<>(test.directory.groupsOf("alice"))).containsExactly("b");
    }
}
