package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.directory.TestDirectory.ROOT;
import static org.latchkey.directory.TestDirectory.ROOT_SECRET;
import static org.latchkey.directory.TestDirectory.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Verdict;
import org.latchkey.testkit.MemoryStore;

public class SignInTest {

    private TestDirectory test;

    @Before
    public void start() throws Exception {
        test = new TestDirectory();
        test.create("alice", "open sesame");
    }

    @Test
    public void theRightSecretIsAcceptedAndNothingIsWritten() {
        long version = version();
        assertThat(test.signIn("alice", "open sesame")).isInstanceOf(Verdict.Accepted.class);
        assertThat(version()).isEqualTo(version);
    }

    @Test
    public void row47_lockedIsRejectedForAReasonOfItsOwn() {
        test.writer.lockEntity(ROOT, "alice");
        assertThat(test.signIn("alice", "open sesame")).isEqualTo(new Verdict.Rejected("locked"));
        assertThat(test.signIn("alice", "wrong")).isEqualTo(new Verdict.Rejected("locked"));
    }

    @Test
    public void unknownIsNotMine() {
        assertThat(test.signIn("nobody", "x")).isEqualTo(Verdict.NOT_MINE);
        assertThat(test.signIn("../../etc", "x")).isEqualTo(Verdict.NOT_MINE);
    }

    @Test
    public void row66_emptySecretsNeitherAreSetNorSignIn() {
        assertThatThrownBy(() -> test.create("bob", "")).isInstanceOf(Refusal.class);
        test.writer.createEntity(ROOT, Entity.named("printer"), Optional.empty());
        assertThat(test.signIn("printer", "")).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    public void l05_anEndlessSecretIsRefusedForKnownAndUnknownAlike() {
        String endless = "x".repeat(1_000_000);
        for (String id : List.of("alice", "nobody")) {
            assertThatThrownBy(() -> test.signIn(id, endless))
                    .isInstanceOf(Refusal.class)
                    .extracting("kind")
                    .isEqualTo(Refusal.Kind.INVALID);
        }
        assertThatThrownBy(() -> test.create("bob", endless)).isInstanceOf(Refusal.class);
    }

    @Test
    public void l05_theSameSecretInAnotherNormalFormIsTheSame() {
        test.create("jose", "caf\u00e9 au lait");
        assertThat(test.signIn("jose", "cafe\u0301 au lait")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    public void h12_aLockSetWhileTheSecretIsCheckedWins() {
        test.hook(new DirectoryHook() {
            @Override
            public Entity postAuthCheck(Entity entity, Attempt attempt) {
                test.points.clear(DirectoryHook.class);
                test.writer.lockEntity(ROOT, "alice");
                return entity;
            }
        });
        assertThat(test.signIn("alice", "open sesame")).isEqualTo(new Verdict.Rejected("changed meanwhile"));
    }

    @Test
    public void h12_aSecretChangedWhileTheOldOneIsCheckedWins() {
        test.hook(new DirectoryHook() {
            @Override
            public Entity preAuthCheck(Entity entity, Attempt attempt) {
                test.points.clear(DirectoryHook.class);
                test.writer.changeSecret(ROOT, "alice", secret("another one"), Optional.empty());
                return entity;
            }
        });
        assertThat(test.signIn("alice", "open sesame")).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    public void aHookMayLockForOneAttemptWithoutThatBeingStored() {
        test.hook(new DirectoryHook() {
            @Override
            public Entity preAuthCheck(Entity entity, Attempt attempt) {
                return entity.withLocked(true);
            }
        });
        assertThat(test.signIn("alice", "open sesame")).isEqualTo(new Verdict.Rejected("locked"));
        assertThat(test.directory.entity("alice").orElseThrow().locked()).isFalse();
    }

    @Test
    public void whatAHookAnswersAfterAFailureIsStored() {
        test.hook(new DirectoryHook() {
            @Override
            public Entity failedAuthCheck(Entity entity, Attempt attempt) {
                return entity.withKv("failed", List.of(attempt.caller().requestId()));
            }
        });
        test.signIn("alice", "wrong");
        assertThat(test.directory.entity("alice").orElseThrow().kv()).containsEntry("failed", List.of("r2"));
    }

    @Test
    public void row65_aHashOfAnotherCostIsRenewedAtTheNextSignIn() throws Exception {
        MemoryStore store = new MemoryStore();
        new TestDirectory(store, 8).create("bob", "open sesame");
        TestDirectory dearer = new TestDirectory(store, 16);
        assertThat(store.get("entity", "bob").orElseThrow().body()).contains("m=8,");
        assertThat(dearer.signIn("bob", "wrong")).isInstanceOf(Verdict.Rejected.class);
        assertThat(store.get("entity", "bob").orElseThrow().body()).contains("m=8,");
        assertThat(dearer.signIn("bob", "open sesame")).isInstanceOf(Verdict.Accepted.class);
        assertThat(store.get("entity", "bob").orElseThrow().body()).contains("m=16,");
        assertThat(dearer.signIn("bob", "open sesame")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    public void rootSignsInFromThisMachineAlone() {
        assertThat(test.signIn("root", ROOT_SECRET)).isInstanceOf(Verdict.Accepted.class);
        assertThat(test.signIn("root", ROOT_SECRET, "::1")).isInstanceOf(Verdict.Accepted.class);
        assertThat(test.signIn("root", ROOT_SECRET, "192.0.2.7")).isInstanceOf(Verdict.Rejected.class);
        Caller proxied = new Caller("anonymous", Set.of(), "r", "127.0.0.1", true);
        assertThat(test.signIn.judge(new Attempt("root", Optional.of(secret(ROOT_SECRET)), proxied)))
                .isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    public void rootHasToWaitAfterTooManyFailures() {
        for (int i = 0; i < 10; i++) {
            test.signIn("root", "wrong");
        }
        assertThat(test.signIn("root", ROOT_SECRET)).isEqualTo(new Verdict.Rejected("too many failures of root"));
    }

    @Test
    public void l06_moreAtOnceThanMayWaitAreToldToComeBack() throws Exception {
        SecretHasher hasher = new SecretHasher(TestDirectory.config(
                SecretHasher.Config.class, Map.of("memoryKib", 4096, "concurrent", 1, "queue", 2)));
        ExecutorService threads = Executors.newFixedThreadPool(40);
        List<CompletableFuture<String>> hashes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            hashes.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return hasher.hash(secret("x")).text().substring(0, 9);
                        } catch (Refusal busy) {
                            return busy.code();
                        }
                    },
                    threads));
        }
        List<String> answers = hashes.stream().map(CompletableFuture::join).toList();
        threads.shutdown();
        assertThat(answers).contains("busy", "$argon2id").containsOnly("busy", "$argon2id");
    }

    private long version() {
        return test.directory.entity("alice").orElseThrow().version();
    }

    private Verdict admit(String id) {
        Caller caller = new Caller("anonymous", Set.of(), "r3", "127.0.0.1", false);
        return test.signIn.admit(new Attempt(id, Optional.empty(), caller));
    }

    @Test
    public void row87_whoIsVouchedForPassesHooksAndLockAndNeedsNoSecret() {
        test.writer.createEntity(ROOT, Entity.named("printer"), Optional.empty());
        List<String> seen = new ArrayList<>();
        test.hook(
                new DirectoryHook() {
                    @Override
                    public Entity preAuthCheck(Entity entity, Attempt attempt) {
                        seen.add("pre " + entity.id() + " " + attempt.secret().isPresent());
                        return entity;
                    }

                    @Override
                    public Entity postAuthCheck(Entity entity, Attempt attempt) {
                        seen.add("post " + entity.id());
                        if (entity.id().equals("alice")) {
                            throw new Refusal("no", "Not her.");
                        }
                        return entity;
                    }

                    @Override
                    public Entity failedAuthCheck(Entity entity, Attempt attempt) {
                        seen.add("failed " + entity.id());
                        return entity;
                    }
                },
                DirectoryHook.SECRET_READ);
        assertThat(admit("printer")).isInstanceOf(Verdict.Accepted.class);
        assertThat(admit("alice")).isInstanceOf(Verdict.Rejected.class);
        test.writer.lockEntity(ROOT, "printer");
        assertThat(admit("printer")).isEqualTo(new Verdict.Rejected("locked"));
        assertThat(admit("nobody")).isEqualTo(Verdict.NOT_MINE);
        assertThat(seen)
                .containsExactly(
                        "pre printer false",
                        "post printer",
                        "pre alice false",
                        "post alice",
                        "failed alice",
                        "pre printer false",
                        "failed printer");
        assertThat(test.audit.last().type()).isEqualTo("admission");
    }

    @Test
    public void row87_nobodyVouchesForRoot() {
        assertThat(admit("root")).isInstanceOf(Verdict.Rejected.class);
        assertThat(test.signIn("root", ROOT_SECRET)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    public void withoutASecretNobodySignsInByTheOrdinaryWay() {
        Caller caller = new Caller("anonymous", Set.of(), "r4", "127.0.0.1", false);
        assertThatThrownBy(() -> test.signIn.judge(new Attempt("alice", Optional.empty(), caller)))
                .isInstanceOf(NoSuchElementException.class);
    }
}
