package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Verdict;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.ReplicaStore;

/** Row 78: a replica refuses every change, and a sign-in there writes nothing. */
public class ReplicaTest {

    private final MemoryStore store = new MemoryStore();
    private TestDirectory primary;
    private TestDirectory replica;

    @Before
    public void begin() throws Exception {
        primary = new TestDirectory(store);
        primary.create("alice", "open sesame");
        primary.writer.createGroup(TestDirectory.ROOT, Group.named("team").withManagedBy("team"));
        primary.writer.addMember(TestDirectory.ROOT, "team", "alice");
        replica = new TestDirectory(new ReplicaStore(store));
    }

    @Test
    public void changesAreRefusedBeforeAnythingElseAlsoThoseOfAManager() {
        Recorder recorder = new Recorder();
        replica.hook(recorder);
        Caller alice = new Caller("alice", Set.of(), "r", "127.0.0.1", false);
        for (Caller caller : new Caller[] {TestDirectory.ROOT, alice}) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> replica.writer.removeMember(caller, "team", "alice"))
                    .satisfies(refusal -> {
                        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
                        assertThat(refusal.code()).isEqualTo("read-only");
                    });
        }
        assertThat(recorder.calls).isEmpty();
        assertThat(replica.directory.groupsOf("alice")).containsExactly("team");
    }

    @Test
    public void aSignInThereWritesNothingWhateverHooksChange() {
        replica.hook(new DirectoryHook() {
            @Override
            public Entity postAuthCheck(Entity entity, Attempt attempt) {
                return entity.withKv("seen", java.util.List.of("yes"));
            }

            @Override
            public Entity failedAuthCheck(Entity entity, Attempt attempt) {
                return entity.withLocked(true);
            }
        });
        Optional<Entity> before = primary.directory.entity("alice");
        assertThat(replica.signIn("alice", "open sesame")).isInstanceOf(Verdict.Accepted.class);
        assertThat(replica.signIn("alice", "wrong")).isInstanceOf(Verdict.Rejected.class);
        assertThat(primary.directory.entity("alice")).isEqualTo(before);
        primary.writer.lockEntity(TestDirectory.ROOT, "alice");
        assertThat(replica.signIn("alice", "open sesame")).isInstanceOf(Verdict.Rejected.class);
    }
}
