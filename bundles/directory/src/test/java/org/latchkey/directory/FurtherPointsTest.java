package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.latchkey.directory.TestDirectory.ROOT;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Group.Rule;
import org.latchkey.api.Kv;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Notice;

/** Row 34 and what follows a commit: the points beyond NetAuth's twelve, and the notices of every change. */
public class FurtherPointsTest {

    private final Recorder recorder = new Recorder();
    private TestDirectory test;

    @Before
    public void begin() throws Exception {
        test = new TestDirectory();
        test.create("alice", "open sesame");
        test.writer.createGroup(ROOT, Group.named("ops"));
        test.writer.createGroup(ROOT, Group.named("staff"));
    }

    private List<String> told() {
        return test.outbox.notices().stream().map(Notice::type).toList();
    }

    private Notice last() {
        List<Notice> notices = test.outbox.notices();
        return notices.get(notices.size() - 1);
    }

    @Test
    public void row34_eachOfTheFurtherPointsFiresOnceWithWhatWasBefore() {
        test.hook(recorder);
        test.writer.addMember(ROOT, "ops", "alice");
        test.writer.addKey(ROOT, "alice", "SSH", "ssh-ed25519 AAAA alice");
        test.writer.changeEntityCapabilities(ROOT, "alice", held -> Set.of(Capability.LOCK_ENTITY));
        test.writer.changeGroupCapabilities(ROOT, "ops", held -> Set.of(Capability.LOCK_ENTITY));
        test.writer.setRule(ROOT, "staff", "ops", Rule.INCLUDE);
        assertThat(recorder.points())
                .containsExactly(
                        "MembershipChange",
                        "EntityKeyChange",
                        "EntityCapabilityChange",
                        "GroupCapabilityChange",
                        "GroupRuleChange");
        assertThat(((Entity) recorder.only("MembershipChange").before()).groups())
                .isEmpty();
        assertThat(((Entity) recorder.only("MembershipChange").value()).groups())
                .containsExactly("ops");
        assertThat(((Group) recorder.only("GroupRuleChange").value()).rules()).containsEntry("ops", Rule.INCLUDE);
    }

    @Test
    public void aPolicyCanVetoEachOfThemAndThenNothingIsStoredOrTold() {
        int before = test.outbox.notices().size();
        test.hook(new DirectoryHook() {
            @Override
            public Entity membershipChange(Entity entity, Change<Entity> change) {
                throw new Refusal("four-eyes", "Ask somebody else too.");
            }
        });
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> test.writer.addMember(ROOT, "ops", "alice"))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("four-eyes"));
        assertThat(test.directory.groupsOf("alice")).isEmpty();
        assertThat(test.outbox.notices()).hasSize(before);
    }

    @Test
    public void everyChangeIsToldOnceAfterItIsStored() {
        int before = told().size();
        test.writer.updateEntity(ROOT, "alice", Map.of(MetaField.SHELL, "/bin/sh"));
        test.writer.changeEntityKv(ROOT, "alice", Kv.upsert("phone{0}", "1"));
        test.writer.addKey(ROOT, "alice", "SSH", "a");
        test.writer.lockEntity(ROOT, "alice");
        test.writer.unlockEntity(ROOT, "alice");
        test.writer.changeSecret(ROOT, "alice", TestDirectory.secret("another one"), Optional.empty());
        test.writer.changeEntityCapabilities(ROOT, "alice", held -> Set.of(Capability.LOCK_ENTITY));
        test.writer.addMember(ROOT, "ops", "alice");
        test.writer.updateGroup(ROOT, "ops", Optional.of("Operations"), Optional.empty());
        test.writer.changeGroupKv(ROOT, "ops", Kv.upsert("mail", "x"));
        test.writer.changeGroupCapabilities(ROOT, "ops", held -> Set.of(Capability.LOCK_ENTITY));
        test.writer.setRule(ROOT, "staff", "ops", Rule.INCLUDE);
        test.writer.destroyEntity(ROOT, "alice");
        test.writer.destroyGroup(ROOT, "staff");
        assertThat(told().subList(0, before)).containsExactly("entity.created", "group.created", "group.created");
        assertThat(told().subList(before, told().size()))
                .containsExactly(
                        "entity.updated",
                        "entity.kv-changed",
                        "entity.keys-changed",
                        "entity.locked",
                        "entity.unlocked",
                        "entity.secret-changed",
                        "entity.capabilities-changed",
                        "membership.changed",
                        "group.updated",
                        "group.kv-changed",
                        "group.capabilities-changed",
                        "group.rules-changed",
                        "entity.destroyed",
                        "group.destroyed");
        assertThat(test.outbox.notices()).extracting(Notice::id).doesNotHaveDuplicates();
    }

    @Test
    public void aFailedSignInOfSomebodyIsToldWithoutWhatTheyTyped() {
        test.signIn("alice", "wrong secret");
        assertThat(last().type()).isEqualTo("authentication.failed");
        assertThat(last().content())
                .containsEntry("entity", "alice")
                .containsEntry("address", "127.0.0.1")
                .containsEntry("outcome", "refused:wrong-secret");
        int before = told().size();
        test.signIn("my secret typed as a name", "x");
        assertThat(told()).hasSize(before);
    }

    @Test
    public void whatIsSoAlreadyIsNotTold() {
        test.writer.addMember(ROOT, "ops", "alice");
        int before = told().size();
        test.writer.addMember(ROOT, "ops", "alice");
        test.writer.unlockEntity(ROOT, "alice");
        assertThat(told()).hasSize(before);
    }

    @Test
    public void aNoticeSaysWhichPartsChangedAndNeverToWhat() {
        test.writer.updateEntity(ROOT, "alice", Map.of(MetaField.SHELL, "/bin/sh", MetaField.GECOS, "A"));
        assertThat(last().content())
                .containsEntry("entity", "alice")
                .containsEntry("changed", "meta.gecos,meta.shell")
                .doesNotContainValue("/bin/sh");
        assertThat(last().actor()).isEqualTo("root");
    }

    @Test
    public void aMembershipThatIsToldNamesTheGroupsItGivesInEffect() {
        test.writer.setRule(ROOT, "staff", "ops", Rule.INCLUDE);
        test.writer.addMember(ROOT, "ops", "alice");
        assertThat(last().content())
                .containsEntry("group", "ops")
                .containsEntry("change", "added")
                .containsEntry("gained", "ops,staff")
                .containsEntry("lost", "");
        test.writer.removeMember(ROOT, "ops", "alice");
        assertThat(last().content()).containsEntry("change", "removed").containsEntry("lost", "ops,staff");
    }

    @Test
    public void row49_keysAreExactAndOnesOwn() {
        Caller alice = new Caller("alice", Set.of(), "r", "127.0.0.1", false);
        Caller other = new Caller("bob", Set.of(), "r", "127.0.0.1", false);
        test.writer.addKey(alice, "alice", "SSH", "ssh-rsa AAAAB");
        test.writer.addKey(alice, "alice", "SSH", "ssh-rsa AAAA");
        for (String no : List.of("ssh-rsa AAA", "")) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> test.writer.removeKey(alice, "alice", "SSH", no))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
        }
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> test.writer.addKey(alice, "alice", "SSH", "ssh-rsa AAAA"))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.EXISTS));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> test.writer.addKey(other, "alice", "SSH", "ssh-rsa BBBB"))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.DENIED));
        for (String type : List.of("", "a b", "x/y", "x".repeat(33))) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> test.writer.addKey(alice, "alice", type, "k"))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
        }
        test.writer.removeKey(alice, "alice", "SSH", "ssh-rsa AAAA");
        assertThat(test.directory.entity("alice").orElseThrow().keys())
                .isEqualTo(Map.of("SSH", List.of("ssh-rsa AAAAB")));
    }

    @Test
    public void row50_theZIndexExampleOfTheManual() {
        for (int i : new int[] {2, 0, 10, 1}) {
            test.writer.changeEntityKv(ROOT, "alice", Kv.upsert("phone{" + i + "}", "555-" + i));
        }
        test.writer.changeEntityKv(ROOT, "alice", Kv.upsert("phoneme", "kept"));
        Map<String, List<String>> kv =
                test.directory.entity("alice").orElseThrow().kv();
        assertThat(Kv.read(kv, "phone").keySet()).containsExactly("phone{0}", "phone{1}", "phone{2}", "phone{10}");
        test.writer.changeEntityKv(ROOT, "alice", Kv.clearExact("phone{1}"));
        test.writer.changeEntityKv(ROOT, "alice", Kv.clearFuzzy("phone"));
        assertThat(test.directory.entity("alice").orElseThrow().kv()).containsOnlyKeys("phoneme");
    }
}
