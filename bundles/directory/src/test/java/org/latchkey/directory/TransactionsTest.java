package org.latchkey.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.directory.TestDirectory.ROOT;
import static org.latchkey.directory.TestDirectory.ROOT_SECRET;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Entity;
import org.latchkey.api.MetaField;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Change;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.testkit.MemoryStore;

/** Receipts, required and advisory hooks, and what happens while the audit log cannot be written. */
public class TransactionsTest {

    private static final DirectoryHook STAMP = new DirectoryHook() {
        @Override
        public Entity entityCreate(Entity entity, Change<Entity> change) {
            return entity.withMeta(MetaField.GECOS, "stamped");
        }
    };
    private static final DirectoryHook BROKEN = new DirectoryHook() {
        @Override
        public Entity entityCreate(Entity entity, Change<Entity> change) {
            throw new IllegalStateException("broken");
        }
    };

    private TestDirectory test;

    @Before
    public void start() throws Exception {
        test = new TestDirectory();
    }

    private void add(DirectoryHook hook, String plugin, int ranking, String policy) {
        test.points.add(DirectoryHook.class, hook, plugin, ranking, policy);
    }

    private List<String> verdicts() {
        return ((List<?>) test.audit.last().details().get("ran"))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .map(ran -> ran.get("place") + " " + ran.get("plugin") + " " + ran.get("verdict"))
                        .toList();
    }

    @Test
    public void aChangeHasAReceiptOfWhoRan() {
        add(new DirectoryHook() {}, "org.example.a", 2, "");
        add(STAMP, "org.example.b", 1, "");
        test.writer.createEntity(ROOT, Entity.named("alice"), Optional.empty());
        assertThat(test.audit.last().type()).isEqualTo("entity-create");
        assertThat(test.audit.last().actor()).isEqualTo("root");
        assertThat(test.audit.last().requestId()).isEqualTo("r1");
        assertThat(test.audit.last().details()).containsEntry("outcome", "ok");
        assertThat(verdicts()).containsExactly("EntityCreate org.example.a ok", "EntityCreate org.example.b changed");
        assertThat((Map<?, ?>) test.audit.last().details().get("micros")).hasSize(1);
    }

    @Test
    public void anAdvisoryHookThatFailsIsLeftOutAndTheValueGoesOnAsItWas() {
        add(STAMP, "org.example.a", 3, "");
        add(BROKEN, "org.example.b", 2, "advisory");
        add(
                new DirectoryHook() {
                    @Override
                    public Entity entityCreate(Entity entity, Change<Entity> change) {
                        return entity.withNumber(7);
                    }
                },
                "org.example.c",
                1,
                "advisory");
        assertThat(test.writer
                        .createEntity(ROOT, Entity.named("alice"), Optional.empty())
                        .meta(MetaField.GECOS))
                .isEqualTo("stamped");
        assertThat(verdicts())
                .containsExactly(
                        "EntityCreate org.example.a changed",
                        "EntityCreate org.example.b skipped",
                        "EntityCreate org.example.c skipped");
    }

    @Test
    public void anAdvisoryHooksRefusalStands() {
        add(
                new DirectoryHook() {
                    @Override
                    public Entity entityCreate(Entity entity, Change<Entity> change) {
                        throw new Refusal("no", "No.");
                    }
                },
                "org.example.a",
                0,
                "advisory");
        assertThatThrownBy(() -> test.create("alice", "open sesame")).hasMessage("No.");
        assertThat(test.audit.last().details()).containsEntry("outcome", "refused:no");
    }

    @Test
    public void aHookThatFailsRefusesAndIsTheLastInTheReceipt() {
        add(BROKEN, "org.example.a", 1, "");
        add(STAMP, "org.example.b", 0, "");
        assertThatThrownBy(() -> test.writer.createEntity(ROOT, Entity.named("alice"), Optional.empty()))
                .isInstanceOf(Refusal.class);
        assertThat(test.audit.last().details()).containsEntry("outcome", "refused:policy-failed");
        assertThat(verdicts()).containsExactly("EntityCreate org.example.a failed");
    }

    @Test
    public void withoutARequiredHookNothingChangesAndNobodyButRootSignsIn() {
        test.create("alice", "open sesame");
        add(STAMP, "org.example.a", 0, "required");
        test.points.quarantine("org.example.a.Main", "by hand");
        assertThatThrownBy(() -> test.create("bob", "open sesame")).hasMessageContaining("org.example.a");
        assertThat(test.audit.last().details()).containsEntry("outcome", "refused:policy-missing");
        assertThatThrownBy(() -> test.signIn("alice", "open sesame")).hasMessageContaining("org.example.a");
        assertThat(test.signIn("root", ROOT_SECRET)).isInstanceOf(Verdict.Accepted.class);
        test.points.release("org.example.a.Main");
        assertThat(test.signIn("alice", "open sesame")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    public void rootSignsInWithoutARequiredHookAlsoWhenItsHashIsRenewed() throws Exception {
        MemoryStore store = new MemoryStore();
        new TestDirectory(store, 8);
        test = new TestDirectory(store, 16);
        add(STAMP, "org.example.a", 0, "required");
        test.points.quarantine("org.example.a.Main", "by hand");
        assertThat(test.signIn("root", ROOT_SECRET)).isInstanceOf(Verdict.Accepted.class);
        assertThat(store.get("entity", "root").orElseThrow().body()).contains("m=16,");
    }

    @Test
    public void a17_whileNothingCanBeWrittenDownNothingChangesButByTheShell() {
        test.create("alice", "open sesame");
        test.audit.breakDown();
        assertThatThrownBy(() -> test.create("bob", "open sesame"))
                .isInstanceOf(Refusal.class)
                .extracting("code")
                .isEqualTo("audit-unavailable");
        assertThat(test.directory.entity("bob")).isEmpty();
        for (String secret : List.of("open sesame", "wrong")) {
            assertThatThrownBy(() -> test.signIn("alice", secret))
                    .isInstanceOf(Refusal.class)
                    .extracting("code")
                    .isEqualTo("audit-unavailable");
        }
        assertThat(test.signIn("root", ROOT_SECRET)).isInstanceOf(Verdict.Accepted.class);
        test.writer.createEntity(Caller.shell("r3"), Entity.named("bob"), Optional.empty());
        assertThat(test.directory.entity("bob")).isPresent();
        test.audit.repair();
        assertThat(test.signIn("alice", "open sesame")).isInstanceOf(Verdict.Accepted.class);
    }

    /** Another node that is faster, so often. */
    private static final class ContendedStore implements Store {

        private final Store store = new MemoryStore();
        private int faster;

        @Override
        public Optional<Item> get(String kind, String key) {
            return store.get(kind, key);
        }

        @Override
        public List<Item> list(String kind, String prefix, String after, int limit) {
            return store.list(kind, prefix, after, limit);
        }

        @Override
        public List<Item> find(String kind, String field, String value, String after, int limit) {
            return store.find(kind, field, value, after, limit);
        }

        @Override
        public List<Hit> scan(String kind, String field, String prefix, String afterValue, String afterKey, int limit) {
            return store.scan(kind, field, prefix, afterValue, afterKey, limit);
        }

        @Override
        public Optional<String> highest(String kind, String field) {
            return store.highest(kind, field);
        }

        @Override
        public void commit(List<Write> writes) throws Conflict {
            if (faster > 0) {
                faster--;
                throw new Conflict("", "stale");
            }
            store.commit(writes);
        }
    }

    @Test
    public void ofAChangeThatWasTriedAgainOnlyTheTryThatCountedIsInTheReceipt() throws Exception {
        ContendedStore store = new ContendedStore();
        test = new TestDirectory(store);
        add(STAMP, "org.example.a", 0, "");
        store.faster = 3;
        test.writer.createEntity(ROOT, Entity.named("alice"), Optional.empty());
        assertThat(verdicts()).containsExactly("EntityCreate org.example.a changed");
        assertThat(test.audit.events()).hasSize(1);
    }
}
