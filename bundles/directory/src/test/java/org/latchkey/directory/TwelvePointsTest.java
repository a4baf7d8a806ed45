package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.directory.TestDirectory.ROOT;
import static org.latchkey.directory.TestDirectory.secret;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Kv;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Verdict;

/** Rows 19 to 35 of the specification: what each hook sees, when, and what comes of its answer. */
public class TwelvePointsTest {

    private TestDirectory test;
    private final Recorder recorder = new Recorder();

    @Before
    public void start() throws Exception {
        test = new TestDirectory();
    }

    @Test
    public void row19_creationIsSeenOnceWithNumberSecretAndPlaintextBeforeItIsStored() {
        test.hook(
                new DirectoryHook() {
                    @Override
                    public Entity entityCreate(Entity entity, Change<Entity> change) {
                        assertThat(test.directory.entity("alice")).isEmpty();
                        return entity;
                    }
                },
                DirectoryHook.SECRET_READ);
        test.hook(recorder, DirectoryHook.SECRET_READ);
        test.create("alice", "open sesame");
        Recorder.Call call = recorder.only("EntityCreate");
        Entity seen = (Entity) call.value();
        assertThat(seen.number()).isEqualTo(1000);
        assertThat(seen.hasSecret()).isTrue();
        assertThat(call.secret()).isEqualTo("open sesame");
        assertThat(recorder.points()).containsExactly("PreSecretChange", "PostSecretChange", "EntityCreate");
    }

    @Test
    public void creationWithoutSecretMeetsNoSecretPoint() {
        test.hook(recorder);
        test.writer.createEntity(ROOT, Entity.named("printer"), Optional.empty());
        assertThat(recorder.points()).containsExactly("EntityCreate");
    }

    @Test
    public void row20_updatesAreSeenOnMetadataAndKvWithWhatWasBefore() {
        test.create("alice", "open sesame");
        test.hook(recorder);
        test.writer.updateEntity(ROOT, "alice", Map.of(MetaField.SHELL, "/bin/sh"));
        test.writer.changeEntityKv(ROOT, "alice", Kv.put("phone", List.of("1", "2")));
        test.directory.entity("alice");
        assertThat(recorder.points()).containsExactly("EntityUpdate", "EntityUpdate", "EntityKvChange");
        assertThat(((Entity) recorder.calls.get(0).before()).meta(MetaField.SHELL))
                .isEmpty();
        assertThat(((Entity) recorder.calls.get(0).value()).meta(MetaField.SHELL))
                .isEqualTo("/bin/sh");
    }

    @Test
    public void rows21And22_lockAndUnlockAreSeenWithTheFlagAlreadyChanged() {
        test.create("alice", "open sesame");
        test.hook(recorder);
        test.writer.lockEntity(ROOT, "alice");
        test.writer.unlockEntity(ROOT, "alice");
        assertThat(((Entity) recorder.only("EntityLock").value()).locked()).isTrue();
        assertThat(((Entity) recorder.only("EntityUnlock").value()).locked()).isFalse();
    }

    @Test
    public void row23_destructionIsSeenWhileTheEntityStillExists() {
        test.create("alice", "open sesame");
        recorder.throwAt = "EntityDestroy";
        test.hook(recorder);
        assertThatThrownBy(() -> test.writer.destroyEntity(ROOT, "alice")).isInstanceOf(Refusal.class);
        assertThat(test.directory.entity("alice")).isPresent();
        recorder.throwAt = "";
        test.writer.destroyEntity(ROOT, "alice");
        assertThat(test.directory.entity("alice")).isEmpty();
    }

    @Test
    public void rows24To26_groupsAreSeenTheSameWay() {
        test.hook(recorder);
        test.writer.createGroup(ROOT, Group.named("ops"));
        test.writer.updateGroup(ROOT, "ops", Optional.of("Operations"), Optional.empty());
        test.writer.changeGroupKv(ROOT, "ops", Kv.put("mail", List.of("ops@example.org")));
        test.writer.destroyGroup(ROOT, "ops");
        assertThat(recorder.points())
                .containsExactly("GroupCreate", "GroupUpdate", "GroupUpdate", "GroupKvChange", "GroupDestroy");
        assertThat(((Group) recorder.only("GroupCreate").value()).number()).isEqualTo(1000);
    }

    @Test
    public void row27_aPolicyThatRefusesLeavesTheOldSecretValid() {
        test.create("alice", "open sesame");
        test.hook(
                new DirectoryHook() {
                    @Override
                    public Entity preSecretChange(Entity entity, Change<Entity> change) {
                        throw new Refusal("too-short", "Longer, please.");
                    }
                },
                DirectoryHook.SECRET_READ);
        assertThatThrownBy(() -> test.writer.changeSecret(ROOT, "alice", secret("123"), Optional.empty()))
                .isInstanceOf(Refusal.class)
                .hasMessage("Longer, please.");
        assertThat(test.signIn("alice", "open sesame")).isInstanceOf(Verdict.Accepted.class);
        assertThat(test.signIn("alice", "123")).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    public void row28_theNewSecretIsShownOnceAndOnlyToWhomItWasGranted() {
        test.create("alice", "open sesame");
        Recorder blind = new Recorder();
        test.hook(recorder, DirectoryHook.SECRET_READ);
        test.hook(blind);
        test.writer.changeSecret(ROOT, "alice", secret("another one"), Optional.empty());
        assertThat(recorder.only("PostSecretChange").secret()).isEqualTo("another one");
        assertThat(blind.only("PreSecretChange").secret()).isEmpty();
        assertThat(blind.only("PostSecretChange").secret()).isEmpty();
    }

    @Test
    public void row29_beforeAuthenticationIsSeenForWrongRightAndLockedAttempts() {
        test.create("alice", "open sesame");
        test.hook(recorder);
        test.signIn("alice", "wrong");
        test.signIn("alice", "open sesame");
        test.writer.lockEntity(ROOT, "alice");
        test.signIn("alice", "open sesame");
        test.signIn("nobody", "x");
        assertThat(recorder.points())
                .containsExactly(
                        "PreAuthCheck",
                        "FailedAuthCheck",
                        "PreAuthCheck",
                        "PostAuthCheck",
                        "EntityLock",
                        "PreAuthCheck",
                        "FailedAuthCheck");
    }

    @Test
    public void row30_throwingAfterAuthenticationRefusesTheLogin() {
        test.create("alice", "open sesame");
        recorder.throwAt = "PostAuthCheck";
        test.hook(recorder);
        assertThat(test.signIn("alice", "open sesame")).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    public void row31_whatAHookChangesIsStoredOnSuccess() {
        test.hook(new DirectoryHook() {
            @Override
            public Entity entityCreate(Entity entity, Change<Entity> change) {
                return entity.withKv("oktaID", List.of("00u1"));
            }
        });
        test.create("alice", "open sesame");
        assertThat(test.directory.entity("alice").orElseThrow().kv()).containsEntry("oktaID", List.of("00u1"));
    }

    @Test
    public void row32_whatAHookChangesBeforeAFailedLoginIsDropped() {
        test.create("alice", "open sesame");
        test.hook(new DirectoryHook() {
            @Override
            public Entity preAuthCheck(Entity entity, Attempt attempt) {
                return entity.withMeta(MetaField.DISPLAY_NAME, "Alice");
            }
        });
        test.signIn("alice", "wrong");
        assertThat(displayName()).isEmpty();
        test.signIn("alice", "open sesame");
        assertThat(displayName()).isEqualTo("Alice");
    }

    private String displayName() {
        return test.directory.entity("alice").orElseThrow().meta(MetaField.DISPLAY_NAME);
    }

    @Test
    public void row33_changingOnesOwnSecretMeetsAuthenticationAndSecretPoints() {
        Entity alice = test.create("alice", "open sesame");
        test.hook(recorder);
        var caller = new org.latchkey.api.Caller(alice.id(), java.util.Set.of(), "r9", "127.0.0.1", false);
        assertThatThrownBy(() -> test.writer.changeSecret(caller, "alice", secret("new one"), Optional.empty()))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() ->
                        test.writer.changeSecret(caller, "alice", secret("new one"), Optional.of(secret("wrong"))))
                .isInstanceOf(Refusal.class);
        recorder.calls.clear();
        test.writer.changeSecret(caller, "alice", secret("new one"), Optional.of(secret("open sesame")));
        assertThat(recorder.points())
                .containsExactly("PreAuthCheck", "PostAuthCheck", "PreSecretChange", "PostSecretChange");
    }

    @Test
    public void row12_severalHooksAreChained() {
        test.hook(new DirectoryHook() {
            @Override
            public Entity entityCreate(Entity entity, Change<Entity> change) {
                return entity.withMeta(MetaField.GECOS, "A");
            }
        });
        test.hook(new DirectoryHook() {
            @Override
            public Entity entityCreate(Entity entity, Change<Entity> change) {
                return entity.withMeta(MetaField.GECOS, entity.meta(MetaField.GECOS) + "B");
            }
        });
        assertThat(test.create("alice", "open sesame").meta(MetaField.GECOS)).isEqualTo("AB");
    }

    @Test
    public void row9_throwingAtAnyPointStoresNothing() {
        test.create("alice", "open sesame");
        test.writer.createGroup(ROOT, Group.named("ops"));
        test.hook(recorder);
        Map<String, Runnable> changes = Map.of(
                "EntityCreate", () -> test.create("bob", "open sesame"),
                "EntityUpdate", () -> test.writer.updateEntity(ROOT, "alice", Map.of(MetaField.SHELL, "/bin/sh")),
                "EntityLock", () -> test.writer.lockEntity(ROOT, "alice"),
                "EntityUnlock", () -> test.writer.unlockEntity(ROOT, "alice"),
                "EntityDestroy", () -> test.writer.destroyEntity(ROOT, "alice"),
                "GroupCreate", () -> test.writer.createGroup(ROOT, Group.named("dev")),
                "GroupUpdate", () -> test.writer.updateGroup(ROOT, "ops", Optional.of("x"), Optional.empty()),
                "GroupDestroy", () -> test.writer.destroyGroup(ROOT, "ops"),
                "PreSecretChange", () -> test.writer.changeSecret(ROOT, "alice", secret("n"), Optional.empty()),
                "PostSecretChange", () -> test.writer.changeSecret(ROOT, "alice", secret("n"), Optional.empty()));
        Entity alice = test.directory.entity("alice").orElseThrow();
        Group ops = test.directory.group("ops").orElseThrow();
        changes.forEach((point, change) -> {
            recorder.throwAt = point;
            assertThatThrownBy(change::run).as(point).isInstanceOf(Refusal.class);
            assertThat(test.directory.entity("alice")).as(point).contains(alice);
            assertThat(test.directory.group("ops")).as(point).contains(ops);
            assertThat(test.directory.entity("bob")).as(point).isEmpty();
            assertThat(test.directory.group("dev")).as(point).isEmpty();
        });
        recorder.throwAt = "";
        assertThat(test.create("carol", "open sesame").number())
                .as("no number was lost")
                .isEqualTo(1001);
    }

    @Test
    public void h04_nonsenseFromAHookIsAFaultAndStoresNothing() {
        List<Entity> nonsense = new java.util.ArrayList<>();
        nonsense.add(null);
        Entity mallory = Entity.named("mallory").withNumber(1000).withSecret();
        nonsense.add(mallory);
        Entity alice = Entity.named("alice").withNumber(1000).withSecret();
        nonsense.add(alice.withNumber(1));
        nonsense.add(alice.withCapabilities(java.util.Set.of(org.latchkey.api.Capability.GLOBAL_ROOT)));
        nonsense.add(alice.withGroups(java.util.Set.of("wheel")));
        nonsense.add(alice.withVersion(7));
        nonsense.add(alice.withMeta(MetaField.GECOS, "a\u0000b"));
        nonsense.add(alice.withKv("k", List.of("x".repeat(50_000_000))));
        for (Entity answer : nonsense) {
            test.points.clear(DirectoryHook.class);
            test.hook(new DirectoryHook() {
                @Override
                public Entity entityCreate(Entity entity, Change<Entity> change) {
                    return answer;
                }
            });
            assertThatThrownBy(() -> test.create("alice", "open sesame"))
                    .isInstanceOf(Refusal.class)
                    .extracting("code")
                    .isEqualTo("policy-failed");
            assertThat(test.directory.entity("alice")).isEmpty();
            assertThat(test.directory.entity("mallory")).isEmpty();
        }
    }

    @Test
    public void h13_rootSignsInPastAHookThatDeniesEverything() {
        test.hook(new DirectoryHook() {
            @Override
            public Entity preAuthCheck(Entity entity, Attempt attempt) {
                throw new Refusal("no", "No.");
            }
        });
        test.create("alice", "open sesame");
        assertThat(test.signIn("alice", "open sesame")).isInstanceOf(Verdict.Rejected.class);
        assertThat(test.signIn("root", TestDirectory.ROOT_SECRET)).isInstanceOf(Verdict.Accepted.class);
    }
}
