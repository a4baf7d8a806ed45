package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.directory.TestDirectory.ROOT;

import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.service.Directory.Standing;
import org.latchkey.testkit.MemoryStore;

public class AccountTest {

    private final MemoryStore store = new MemoryStore();
    private TestDirectory test;

    @Before
    public void start() throws Exception {
        test = new TestDirectory(store);
        test.create("alice", "open sesame");
    }

    private Standing standing() {
        return test.directory.standing("alice").orElseThrow();
    }

    private long era() {
        return standing().era();
    }

    @Test
    public void o17_aNewSecretBeginsAnotherEraAlsoForOtherNodes() throws Exception {
        long before = era();
        try (Secret secret = TestDirectory.secret("open barley")) {
            test.writer.changeSecret(ROOT, "alice", secret, Optional.empty());
        }
        assertThat(era()).isEqualTo(before + 1);
        assertThat(new TestDirectory(store).directory.standing("alice")).contains(standing());
    }

    @Test
    public void o17_aLockEndsAnEraForGoodAndTheUnlockBringsNothingBack() {
        long before = era();
        test.writer.lockEntity(ROOT, "alice");
        assertThat(standing()).isEqualTo(new Standing(standing().number(), true, before + 1));
        test.writer.lockEntity(ROOT, "alice");
        test.writer.unlockEntity(ROOT, "alice");
        assertThat(standing()).isEqualTo(new Standing(standing().number(), false, before + 1));
    }

    @Test
    public void o17_aHookThatLocksAtASignInEndsTheEraToo() {
        long before = era();
        test.hook(new DirectoryHook() {
            @Override
            public Entity postAuthCheck(Entity entity, Attempt attempt) {
                return entity.withLocked(true);
            }
        });
        test.signIn("alice", "open sesame");
        assertThat(standing().locked()).isTrue();
        assertThat(era()).isEqualTo(before + 1);
    }

    @Test
    public void whatProvesNothingBeginsNoEra() throws Exception {
        long before = era();
        test.writer.updateEntity(ROOT, "alice", Map.of(MetaField.DISPLAY_NAME, "Alice"));
        test.signIn("alice", "open sesame");
        test.signIn("alice", "wrong");
        TestDirectory costlier = new TestDirectory(store, 16); // hashes the secret anew
        assertThat(costlier.signIn("alice", "open sesame").toString()).contains("Accepted");
        assertThat(era()).isEqualTo(before);
        assertThat(test.directory.standing("nobody")).isEmpty();
    }
}
