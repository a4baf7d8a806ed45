package org.latchkey.kernel.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestRule;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.kernel.testing.RunningFramework;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryStore;

public class AnnouncerTest {

    private final TemporaryFolder folder = new TemporaryFolder();
    private final RunningFramework framework = new RunningFramework(folder);

    @Rule
    public final TestRule rules = RuleChain.outerRule(folder).around(framework);

    private final LocalExtensionPoints points = new LocalExtensionPoints();
    private final LinkedBlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
    private Announcer announcer;

    @Before
    public void open() {
        announcer = new Announcer(framework.context(), points);
    }

    @After
    public void close() {
        announcer.close();
    }

    @Test
    public void everyNotifierIsToldWhateverTheOthersDo() throws InterruptedException {
        List<String> failed = new CopyOnWriteArrayList<>();
        points.add(Notifier.class, notice -> {
            failed.add(notice.type());
            throw new IllegalStateException("no mail server");
        });
        points.add(Notifier.class, notices::add);
        announcer.announce("plugin.rolled-back", Map.of("plugin", "org.x", "reason", "slow"));
        Notice notice = notices.poll(5, TimeUnit.SECONDS);
        assertThat(notice.type()).isEqualTo("plugin.rolled-back");
        assertThat(notice.actor()).isEqualTo("server");
        assertThat(notice.content()).containsEntry("reason", "slow");
        assertThat(failed).containsExactly("plugin.rolled-back");
    }

    @Test
    public void itStandsInTheAuditLogToo() throws InterruptedException {
        MemoryAudit audit = new MemoryAudit();
        framework.context().registerService(Audit.class, audit, null);
        points.add(Notifier.class, notices::add);
        announcer.announce("plugin.deployed", Map.of("plugin", "org.x", "version", "1.0.0"));
        notices.poll(5, TimeUnit.SECONDS);
        assertThat(audit.entries("", 10).items())
                .extracting(
                        entry -> entry.event().type(), entry -> entry.event().subject())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("plugin.deployed", "org.x"));
    }

    @Test
    public void withAnOutboxNoticesWaitInTheStore() throws InterruptedException {
        MemoryStore store = new MemoryStore();
        Box box = new Box();
        framework.context().registerService(Store.class, store, null);
        framework.context().registerService(Outbox.class, box, null);
        points.add(Notifier.class, notices::add);
        announcer.announce("plugin.rolled-back", Map.of("plugin", "org.x"));
        assertThat(box.stored.poll(5, TimeUnit.SECONDS)).isEqualTo("plugin.rolled-back");
        assertThat(store.get("notice", "box")).isPresent();
        assertThat(notices).isEmpty();
    }

    /** Getting a bad plugin out, and telling of it, does not depend on the store. */
    @Test
    public void whileTheStoreRefusesEveryNotifierIsToldOnce() throws InterruptedException {
        Box box = new Box();
        box.full = true;
        framework.context().registerService(Store.class, new MemoryStore(), null);
        framework.context().registerService(Outbox.class, box, null);
        points.add(Notifier.class, notices::add);
        announcer.announce("plugin.rolled-back", Map.of("plugin", "org.x"));
        assertThat(notices.poll(5, TimeUnit.SECONDS).type()).isEqualTo("plugin.rolled-back");
        assertThat(box.stored).isEmpty();
    }

    /** An outbox of one item, for the type of the last notice. */
    private static final class Box implements Outbox {

        private final LinkedBlockingQueue<String> stored = new LinkedBlockingQueue<>();
        private volatile boolean full;
        private volatile String type = "";

        @Override
        public List<Write> enclose(List<Notice> enclosed) {
            if (full) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "store-unavailable", "The database cannot be reached.");
            }
            type = enclosed.get(0).type();
            return List.of(new Write.Put(new Item("notice", "box", 0, "{}", List.of())));
        }

        @Override
        public void stored() {
            stored.add(type);
        }

        @Override
        public void tell(List<Notice> notices) {
            throw new UnsupportedOperationException("the kernel stores what it tells");
        }
    }
}
