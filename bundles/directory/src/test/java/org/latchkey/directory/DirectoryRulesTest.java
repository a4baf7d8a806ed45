package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.directory.TestDirectory.ROOT;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Kv;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.Refusal.Kind;

public class DirectoryRulesTest {

    private TestDirectory test;

    @Before
    public void start() throws Exception {
        test = new TestDirectory();
    }

    @Test
    public void row43_numbersAreGivenOutInOrderAndNamesOnce() {
        assertThat(create("a").number()).isEqualTo(1000);
        assertThat(create("b").number()).isEqualTo(1001);
        assertThat(create("c").number()).isEqualTo(1002);
        refused(Kind.EXISTS, () -> create("a"));
        refused(Kind.INVALID, () -> create(""));
        assertThat(create("d").number()).isEqualTo(1003);
    }

    @Test
    public void row44_aChosenNumberIsGivenOnce() {
        create(Entity.named("a").withNumber(5000));
        refused(Kind.EXISTS, () -> create(Entity.named("b").withNumber(5000)));
        assertThat(create("c").number()).isEqualTo(5001);
        refused(Kind.INVALID, () -> create(Entity.named("d").withNumber(-7)));
    }

    @Test
    public void numbersGoOnAfterARestart() throws Exception {
        create("a");
        create("b");
        test = new TestDirectory(test.store);
        assertThat(create("c").number()).isEqualTo(1002);
    }

    @Test
    public void theNumberOfADestroyedEntityIsNobodysAgainAlsoAfterARestart() throws Exception {
        create("a");
        assertThat(create("b").number()).isEqualTo(1001);
        test.writer.destroyEntity(ROOT, "b");
        test = new TestDirectory(test.store);
        assertThat(create("b").number()).isEqualTo(1002);
    }

    @Test
    public void nobodyGetsAtThePowersOfSomebodyStronger() {
        create("boss");
        create("clerk");
        test.writer.changeEntityCapabilities(ROOT, "boss", held -> Set.of(Capability.GLOBAL_ROOT));
        test.writer.createGroup(ROOT, Group.named("wheel"));
        test.writer.changeGroupCapabilities(ROOT, "wheel", held -> Set.of(Capability.GLOBAL_ROOT));
        Caller helpdesk = new Caller(
                "clerk",
                Set.of(Capability.CHANGE_ENTITY_SECRET, Capability.MODIFY_GROUP_MEMBERS),
                "r",
                "127.0.0.1",
                false);
        for (String stronger : List.of("root", "boss")) {
            refused(
                    Kind.DENIED,
                    () -> test.writer.changeSecret(
                            helpdesk, stronger, TestDirectory.secret("mine now"), Optional.empty()));
        }
        refused(Kind.DENIED, () -> test.writer.addMember(helpdesk, "wheel", "clerk"));
        create("weak");
        test.writer.changeSecret(helpdesk, "weak", TestDirectory.secret("fine"), Optional.empty());
    }

    @Test
    public void row45_onlyGivenFieldsChangeAndEmptyClears() {
        create("a");
        test.writer.updateEntity(ROOT, "a", Map.of(MetaField.SHELL, "/bin/sh", MetaField.GECOS, "A"));
        Entity changed = test.writer.updateEntity(ROOT, "a", Map.of(MetaField.SHELL, ""));
        assertThat(changed.meta()).isEqualTo(Map.of(MetaField.GECOS, "A"));
        assertThat(test.directory.entity("a")).contains(changed);
    }

    @Test
    public void row46_creationSetsNothingThatIsNotForTheCreatorToSay() {
        Entity sly = Entity.named("a")
                .withLocked(true)
                .withGroups(Set.of("wheel"))
                .withCapabilities(Set.of(Capability.GLOBAL_ROOT));
        Entity created = create(sly);
        assertThat(created.groups()).isEmpty();
        assertThat(created.capabilities()).isEmpty();
        assertThat(created.locked()).isFalse();
    }

    @Test
    public void row53_membershipNeedsAGroupThatExists() {
        create("a");
        refused(Kind.NOT_FOUND, () -> test.writer.addMember(ROOT, "ops", "a"));
        test.writer.createGroup(ROOT, Group.named("ops"));
        refused(Kind.NOT_FOUND, () -> test.writer.addMember(ROOT, "ops", "nobody"));
        test.writer.addMember(ROOT, "ops", "a");
        assertThat(test.directory.groupsOf("a")).containsExactly("ops");
        assertThat(test.directory.members("ops", "", 10).items())
                .extracting(Entity::id)
                .containsExactly("a");
        test.writer.removeMember(ROOT, "ops", "a");
        assertThat(test.directory.members("ops", "", 10).items()).isEmpty();
    }

    @Test
    public void row59_aDestroyedGroupIsLeftByItsMembers() {
        create("a");
        test.writer.createGroup(ROOT, Group.named("ops"));
        test.writer.addMember(ROOT, "ops", "a");
        test.writer.destroyGroup(ROOT, "ops");
        test.writer.createGroup(ROOT, Group.named("ops"));
        assertThat(test.directory.groupsOf("a")).isEmpty();
        assertThat(test.directory.members("ops", "", 10).items()).isEmpty();
    }

    @Test
    public void row61_whoManagesAGroupNeedsNoCapability() {
        create("boss");
        create("a");
        test.writer.createGroup(ROOT, Group.named("leads"));
        test.writer.createGroup(ROOT, Group.named("dev").withManagedBy("leads"));
        Caller boss = caller("boss");
        refused(Kind.DENIED, () -> test.writer.addMember(boss, "dev", "a"));
        test.writer.addMember(ROOT, "leads", "boss");
        test.writer.addMember(boss, "dev", "a");
        test.writer.updateGroup(boss, "dev", Optional.of("Developers"), Optional.empty());
        refused(Kind.DENIED, () -> test.writer.destroyGroup(boss, "dev"));
        refused(
                Kind.INVALID,
                () -> test.writer.createGroup(ROOT, Group.named("x").withManagedBy("nobody")));
    }

    @Test
    public void row62_everyChangeNeedsItsCapabilityAndOnlyRootGrants() {
        create("a");
        test.writer.createGroup(ROOT, Group.named("ops"));
        Map<Capability, ThrowingCallable> changes = Map.of(
                Capability.CREATE_ENTITY,
                        () -> test.writer.createEntity(caller("x"), Entity.named("b"), Optional.empty()),
                Capability.DESTROY_ENTITY, () -> test.writer.destroyEntity(caller("x"), "a"),
                Capability.MODIFY_ENTITY_META, () -> test.writer.updateEntity(caller("x"), "a", Map.of()),
                Capability.LOCK_ENTITY, () -> test.writer.lockEntity(caller("x"), "a"),
                Capability.UNLOCK_ENTITY, () -> test.writer.unlockEntity(caller("x"), "a"),
                Capability.CHANGE_ENTITY_SECRET,
                        () -> test.writer.changeSecret(caller("x"), "a", TestDirectory.secret("s"), Optional.empty()),
                Capability.CREATE_GROUP, () -> test.writer.createGroup(caller("x"), Group.named("dev")),
                Capability.DESTROY_GROUP, () -> test.writer.destroyGroup(caller("x"), "ops"),
                Capability.MODIFY_GROUP_MEMBERS, () -> test.writer.addMember(caller("x"), "ops", "a"),
                Capability.GLOBAL_ROOT, () -> test.writer.changeEntityCapabilities(caller("x"), "a", held -> Set.of()));
        changes.forEach((capability, change) -> refused(Kind.DENIED, change));
        Caller almost = new Caller(
                "x",
                java.util.EnumSet.complementOf(java.util.EnumSet.of(Capability.GLOBAL_ROOT)),
                "r",
                "127.0.0.1",
                false);
        refused(Kind.DENIED, () -> test.writer.changeEntityCapabilities(almost, "a", held -> Set.of()));
        refused(Kind.DENIED, () -> test.writer.changeGroupCapabilities(almost, "ops", held -> Set.of()));
    }

    @Test
    public void capabilitiesComeThroughGroups() {
        create("a");
        test.writer.createGroup(ROOT, Group.named("ops"));
        test.writer.changeGroupCapabilities(ROOT, "ops", held -> Set.of(Capability.LOCK_ENTITY));
        test.writer.addMember(ROOT, "ops", "a");
        assertThat(test.directory.capabilities(test.directory.entity("a").orElseThrow()))
                .containsExactly(Capability.LOCK_ENTITY);
    }

    @Test
    public void row68_namesFollowAGrammar() {
        for (String name :
                List.of("a/b", "..", "a..b", ".a", "a\u0000", "a b", "a\n", "-a", "x".repeat(129), "\u00e9")) {
            refused(Kind.INVALID, () -> create(name));
            refused(Kind.INVALID, () -> test.writer.createGroup(ROOT, Group.named(name)));
        }
        for (String name : List.of("a", "A.b-c_d", "1st", "alice@example.org", "x".repeat(128))) {
            create(name);
        }
    }

    @Test
    public void rootStaysAsItIs() {
        refused(Kind.DENIED, () -> test.writer.destroyEntity(ROOT, "root"));
        refused(Kind.DENIED, () -> test.writer.lockEntity(ROOT, "root"));
        refused(Kind.DENIED, () -> test.writer.changeEntityCapabilities(ROOT, "root", held -> Set.of()));
    }

    @Test
    public void row83_aHundredParallelUpdatesOfOneEntityAreAllThere() {
        create("a");
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<CompletableFuture<Entity>> updates = IntStream.range(0, 100)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> test.writer.changeEntityKv(ROOT, "a", Kv.put("key" + i, List.of("v"))), threads))
                .toList();
        updates.forEach(CompletableFuture::join);
        threads.shutdown();
        Entity changed = test.directory.entity("a").orElseThrow();
        assertThat(changed.kv()).hasSize(100);
        assertThat(changed.version()).isEqualTo(101);
    }

    @Test
    public void parallelCreationsOfOneNameHaveOneWinner() {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<CompletableFuture<Boolean>> creations = IntStream.range(0, 32)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                create("a");
                                return true;
                            } catch (Refusal exists) {
                                return false;
                            }
                        },
                        threads))
                .toList();
        assertThat(creations.stream().filter(CompletableFuture::join)).hasSize(1);
        threads.shutdown();
    }

    @Test
    public void listsArePagedByName() {
        IntStream.range(0, 25).forEach(i -> create(String.format("user%02d", i)));
        var first = test.directory.entities("user*", "", 10);
        assertThat(first.items()).extracting(Entity::id).startsWith("user00").hasSize(10);
        var second = test.directory.entities("user*", first.next().orElseThrow(), 10);
        var last = test.directory.entities("user*", second.next().orElseThrow(), 10);
        assertThat(last.items()).extracting(Entity::id).startsWith("user20").hasSize(5);
        assertThat(last.next()).isEmpty();
        assertThat(test.directory.entities("user07", "", 10).items()).hasSize(1);
        refused(Kind.INVALID, () -> test.directory.entities("user*", "user19", 10));
        refused(Kind.INVALID, () -> test.directory.entities("(user", "", 10));
        refused(Kind.INVALID, () -> test.directory.entities("*", "", 1_000_000_000));
    }

    private Entity create(String id) {
        return create(Entity.named(id));
    }

    private Entity create(Entity entity) {
        return test.writer.createEntity(ROOT, entity, Optional.empty());
    }

    private static Caller caller(String id) {
        return new Caller(id, Set.of(), "r", "127.0.0.1", false);
    }

    private static void refused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(Refusal.class).extracting("kind").isEqualTo(kind);
    }
}
