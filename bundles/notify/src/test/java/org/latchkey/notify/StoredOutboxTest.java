package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.notify.Post.QUICK;
import static org.latchkey.notify.Post.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.store.Write;
import org.slf4j.LoggerFactory;

public class StoredOutboxTest {

    @Rule
    public final Post post = new Post();

    private static String[] numbers(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ids.add("n" + i);
        }
        return ids.toArray(String[]::new);
    }

    /** Row 105: several channels at once, each gets everything once. */
    @Test
    public void everyNotifierGetsEveryNoticeInOrderOnce() {
        Sink mail = new Sink();
        Sink chat = new Sink();
        post.plug("org.mail", mail);
        post.plug("org.chat", chat);
        StoredOutbox outbox = post.open(QUICK);
        post.send(outbox, numbers(0, 50));
        post.send(outbox, numbers(50, 100));
        await(() -> post.waiting() == 0);
        assertThat(mail.taken()).containsExactly(numbers(0, 100));
        assertThat(chat.taken()).containsExactly(numbers(0, 100));
        assertThat(outbox.fault()).isEmpty();
    }

    @Test
    public void withNobodyToTellNothingIsStored() {
        StoredOutbox outbox = post.open(QUICK);
        assertThat(outbox.enclose(List.of(Post.notice("1")))).isEmpty();
        outbox.stored();
        assertThat(post.items(Subscription.KIND)).isEmpty();
    }

    @Test
    public void aNoticeIsNewInTheStoreAndNothingElseIsWritten() {
        post.plug("org.mail", new Sink());
        StoredOutbox outbox = post.open(QUICK);
        assertThat(outbox.enclose(List.of(Post.notice("1")))).singleElement().satisfies(write -> {
            assertThat(write).isInstanceOf(Write.Put.class);
            assertThat(((Write.Put) write).item().version()).isZero();
        });
    }

    /** it is down for a while; all comes afterwards, in order, with the same ids. */
    @Test
    public void afterAFailureTheSameNoticeComesAgainBeforeTheNext() {
        Sink sink = new Sink(Sink.DOWN);
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(QUICK);
        post.send(outbox, numbers(0, 5));
        await(() -> sink.tried().size() > 5);
        assertThat(sink.tried()).containsOnly("n0");
        sink.behave(notice -> {});
        await(() -> post.waiting() == 0);
        assertThat(sink.taken()).containsExactly(numbers(0, 5));
    }

    @Test
    public void whoFailsOrHangsKeepsNobodyElseWaiting() {
        Sink hanging = new Sink(notice -> Post.pause(Duration.ofMillis(500)));
        Sink failing = new Sink(notice -> {
            throw new IllegalStateException("a bug");
        });
        Sink good = new Sink();
        post.plug("org.a.hangs", hanging);
        post.plug("org.b.fails", failing);
        post.plug("org.c.good", good);
        StoredOutbox outbox = post.open(QUICK);
        post.send(outbox, numbers(0, 100));
        await(() -> good.taken().size() == 100);
        assertThat(hanging.taken()).hasSizeLessThan(100);
        assertThat(failing.taken()).isEmpty();
    }

    @Test
    public void afterTheLastAttemptItIsADeadLetterAndTheLineGoesOn() {
        Sink sink = new Sink(notice -> {
            if (notice.id().equals("poison")) {
                throw new IOException("no, see https://example.com/hush");
            }
        });
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(new Settings(QUICK.poll(), QUICK.backoff(), 3, 1000, 1000, QUICK.away()));
        post.send(outbox, "good", "poison", "better");
        await(() -> post.waiting() == 0);
        assertThat(sink.taken()).containsExactly("good", "better");
        assertThat(sink.tried()).containsExactly("good", "poison", "poison", "poison", "better");
        assertThat(post.items(Mailbox.DEAD_LETTER)).singleElement().satisfies(letter -> assertThat(letter.body())
                .contains("\"id\":\"poison\"", "\"attempts\":3", "https://example.com/...")
                .doesNotContain("hush"));
        await(() -> outbox.fault().isPresent());
        assertThat(outbox.fault()).contains("1 notices for org.mail.Main could not be delivered and are dead letters.");
    }

    @Test
    public void aDamagedNoticeIsADeadLetterAtOnce() {
        Sink sink = new Sink();
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(QUICK);
        post.commit(List.of(new Line(post.store, Mailbox.NOTICE, "org.mail.Main").put("0", "{}")));
        post.send(outbox, "next");
        await(() -> sink.taken().contains("next"));
        assertThat(post.items(Mailbox.DEAD_LETTER)).hasSize(1);
    }

    @Test
    public void whileItIsInQuarantineTheLineWaitsAndNothingCounts() {
        Sink sink = new Sink();
        post.plug("org.mail", sink);
        post.points.quarantine("org.mail.Main", "by hand");
        StoredOutbox outbox = post.open(new Settings(QUICK.poll(), QUICK.backoff(), 1, 1000, 1000, QUICK.away()));
        post.send(outbox, numbers(0, 3));
        Post.pause(Duration.ofMillis(200));
        assertThat(sink.tried()).isEmpty();
        post.points.release("org.mail.Main");
        await(() -> post.waiting() == 0);
        assertThat(sink.taken()).containsExactly(numbers(0, 3));
        assertThat(post.items(Mailbox.DEAD_LETTER)).isEmpty();
    }

    /** the plugin is swapped with its queue full; what is stored meanwhile waits for the new one. */
    @Test
    public void aNotifierThatIsReplacedLosesNothing() {
        Sink old = new Sink(Sink.DOWN);
        post.plug("org.mail", old);
        StoredOutbox outbox = post.open(QUICK);
        post.send(outbox, numbers(0, 3));
        await(() -> !old.tried().isEmpty());
        post.unplugAll();
        post.send(outbox, numbers(3, 6));
        Sink fresh = new Sink();
        post.plug("org.mail", fresh);
        await(() -> post.waiting() == 0);
        assertThat(fresh.taken()).containsExactly(numbers(0, 6));
    }

    @Test
    public void aNewNotifierIsTriedAtOnceWhateverTheBackoff() {
        Sink old = new Sink(Sink.DOWN);
        post.plug("org.mail", old);
        Backoff slow = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
        StoredOutbox outbox = post.open(new Settings(QUICK.poll(), slow, 0, 1000, 1000, QUICK.away()));
        post.send(outbox, "1");
        await(() -> !old.tried().isEmpty());
        post.unplugAll();
        Sink fresh = new Sink();
        post.plug("org.mail", fresh);
        await(() -> fresh.taken().contains("1"));
    }

    /** Row 83, promise 8: the process dies after the commit; the next one delivers, also what came before any notifier. */
    @Test
    public void whatWasStoredBeforeACrashIsDeliveredAfterIt() {
        post.plug("org.mail", new Sink(Sink.DOWN));
        StoredOutbox dead = post.open(QUICK);
        post.store(dead, "1", "2");
        await(() -> !post.items(Subscription.KIND).isEmpty());
        dead.close();
        post.unplugAll();
        StoredOutbox next = post.open(QUICK);
        post.store(next, "3");
        Sink sink = new Sink();
        post.plug("org.mail", sink);
        await(() -> post.waiting() == 0);
        assertThat(sink.taken()).containsExactly("1", "2", "3");
    }

    @Test
    public void whatAnotherNodeStoredIsFoundAtThePoll() {
        Sink sink = new Sink();
        post.plug("org.mail", sink);
        post.open(QUICK);
        StoredOutbox other = new StoredOutbox(post.store, post.points, Clock.systemUTC(), QUICK, Duration.ofHours(1));
        other.close();
        post.store(other, "theirs");
        await(() -> sink.taken().contains("theirs"));
    }

    /** Two nodes may both deliver: at least once, and the ids tell. */
    @Test
    public void twoNodesLoseNothing() {
        Sink sink = new Sink();
        post.plug("org.mail", sink);
        StoredOutbox one = post.open(QUICK);
        StoredOutbox two = post.open(QUICK);
        for (int i = 0; i < 100; i++) {
            post.send(i % 2 == 0 ? one : two, "n" + i);
        }
        await(() -> post.waiting() == 0);
        assertThat(sink.taken()).contains(numbers(0, 100));
        assertThat(post.items(Mailbox.DEAD_LETTER)).isEmpty();
    }

    /** a bounded queue, and the drop is visible. */
    @Test
    public void whatIsTooMuchIsDroppedOldestFirstAndTheHealthSaysSo() {
        Sink sink = new Sink(Sink.DOWN);
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(new Settings(QUICK.poll(), QUICK.backoff(), 0, 100, 1000, QUICK.away()));
        post.send(outbox, numbers(0, 500));
        await(() -> post.waiting() <= 100);
        assertThat(post.waiting()).isEqualTo(95);
        await(() -> outbox.fault().isPresent());
        assertThat(outbox.fault()).contains("405 notices for org.mail.Main were dropped since too many wait.");
        sink.behave(notice -> {});
        await(() -> post.waiting() == 0);
        assertThat(sink.taken()).endsWith(numbers(405, 500));
        await(() -> outbox.fault().isEmpty());
    }

    @Test
    public void deadLettersAreBoundedToo() {
        post.plug("org.mail", new Sink(Sink.DOWN));
        StoredOutbox outbox = post.open(new Settings(QUICK.poll(), QUICK.backoff(), 1, 1000, 20, QUICK.away()));
        post.send(outbox, numbers(0, 60));
        await(() -> post.waiting() == 0 && post.items(Mailbox.DEAD_LETTER).size() <= 20);
        assertThat(post.items(Mailbox.DEAD_LETTER).get(0).body()).doesNotContain("\"n0\"");
    }

    private static Notice of(String type, String id) {
        return new Notice(id, type, Instant.now(), "root", Map.of("entity", id));
    }

    @Test
    public void aNotifierGetsOnlyTheTopicsThatItWants() {
        Sink sink = new Sink();
        post.points.addCore(Notifier.class, sink, Map.of(Notifier.TOPICS, "entity.*"));
        StoredOutbox outbox = post.open(QUICK);
        assertThat(outbox.enclose(List.of(of("group.created", "g"), of("entity.created", "e"))))
                .hasSize(1);
        outbox.tell(List.of(of("group.created", "g"), of("entity.created", "e")));
        await(() -> sink.taken().contains("e"));
        assertThat(sink.tried()).containsExactly("e");
    }

    /** What it wanted holds while it is away, also in the next life of the server, and changes live. */
    @Test
    public void whatItWantsIsRememberedAndChangesWhenItSaysSo() {
        post.points.addCore(Notifier.class, new Sink(), Map.of(Notifier.TOPICS, "entity.*"));
        post.open(QUICK).enclose(List.of(Post.notice("1")));
        await(() -> post.items(Subscription.KIND).stream()
                .anyMatch(item -> item.body().contains("entity.*")));
        post.unplugAll();
        StoredOutbox next = post.open(QUICK);
        assertThat(next.enclose(List.of(of("group.created", "g")))).isEmpty();
        assertThat(next.enclose(List.of(of("entity.created", "e")))).hasSize(1);
        post.points.addCore(Notifier.class, new Sink(), Map.of(Notifier.TOPICS, "group.*"));
        await(() -> next.enclose(List.of(of("group.created", "g"))).size() == 1);
        assertThat(next.enclose(List.of(of("entity.created", "e")))).isEmpty();
        await(() -> post.items(Subscription.KIND).stream()
                .anyMatch(item -> item.body().contains("group.*")));
    }

    @Test
    public void whatIsToldByItselfIsStoredAndDelivered() {
        Sink sink = new Sink(Sink.DOWN);
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(QUICK);
        outbox.tell(List.of(Post.notice("1"), Post.notice("2")));
        await(() -> post.waiting() == 2);
        sink.behave(notice -> {});
        await(() -> post.waiting() == 0);
        assertThat(sink.taken()).containsExactly("1", "2");
    }

    @Test
    public void toldToNobodyNothingIsStored() {
        StoredOutbox outbox = post.open(QUICK);
        outbox.tell(List.of(Post.notice("1")));
        outbox.close();
        assertThat(post.items(Mailbox.NOTICE)).isEmpty();
    }

    /** 10,000 a second for a second, and nobody who tells waits; at every moment it is bounded. */
    @Test
    public void r08AStormIsBoundedAndHoldsNobodyUp() {
        post.plug("org.mail", new Sink(Sink.DOWN));
        StoredOutbox outbox = post.open(new Settings(QUICK.poll(), QUICK.backoff(), 0, 1000, 1000, QUICK.away(), 500));
        List<Notice> one = List.of(Post.notice("storm"));
        for (int i = 0; i < 10_000; i++) {
            outbox.tell(one);
        }
        await(() -> post.waiting() > 0);
        await(() -> post.waiting() <= 1000);
        await(() -> outbox.fault().orElse("").contains("dropped"));
    }

    /** As OSGi does when DS modifies a component: the registration stays, and so do its links. */
    @Test
    public void topicsThatChangeInPlaceAreSeen() {
        Sink sink = new Sink();
        Map<String, Object> properties = new ConcurrentHashMap<>(Map.of(Notifier.TOPICS, "group.*"));
        post.points.addCore(Notifier.class, sink, properties);
        StoredOutbox outbox = post.open(QUICK);
        assertThat(outbox.enclose(List.of(Post.notice("1")))).isEmpty();
        properties.put(Notifier.TOPICS, "entity.*");
        await(() -> !outbox.enclose(List.of(Post.notice("2"))).isEmpty());
        await(() -> Subscription.read(post.items(Subscription.KIND).get(0))
                .interest()
                .includes("entity.created"));
    }

    /** A plugin's list that does not come back, or fails, holds no change. */
    @Test(timeout = 120_000)
    public void aChangeNeverWaitsForAList() throws Exception {
        Sink sink = new Sink();
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(QUICK);
        CountDownLatch release = new CountDownLatch(1);
        List<Thread> askers = new CopyOnWriteArrayList<>();
        outbox.catalogue().appeared("a", "org.a", () -> {
            askers.add(Thread.currentThread());
            try {
                release.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            throw new StackOverflowError();
        });
        post.send(outbox, "1", "2");
        await(() -> sink.taken().size() == 2 && !askers.isEmpty());
        release.countDown();
        assertThat(askers).doesNotContain(Thread.currentThread());
    }

    /** Row 108: it is delivered all the same, and said once. */
    @Test
    public void row108WhatNobodyListsIsSaidOnceOfEachType() {
        Sink sink = new Sink();
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(QUICK);
        outbox.catalogue().appeared("a", "org.a", () -> Optional.of(List.of(CatalogueTest.CREATED)));
        Logger logger = (Logger) LoggerFactory.getLogger(ListingCheck.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            outbox.tell(List.of(Post.notice("1"), of("odd.happened", "2"), of("odd.happened", "3")));
            await(() -> sink.taken().size() == 3 && !lines.list.isEmpty());
            outbox.tell(List.of(of("odd.happened", "4")));
            await(() -> sink.taken().size() == 4);
            assertThat(lines.list).singleElement().satisfies(line -> assertThat(
                            line.getKeyValuePairs().toString())
                    .contains("event=\"notice.unlisted\"", "type=\"odd.happened\"", "entity"));
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    public void settingsThatMakeNoSenseStopNothingAndTheHealthSaysSo() {
        Sink sink = new Sink();
        post.plug("org.mail", sink);
        StoredOutbox outbox = post.open(QUICK);
        outbox.modified(config(Map.of("waiting", 0)));
        assertThat(outbox.fault().orElseThrow()).contains("latchkey.notify", "waiting", "not 0");
        post.send(outbox, "1");
        await(() -> sink.taken().contains("1"));
        outbox.modified(config(Map.of()));
        assertThat(outbox.fault()).isEmpty();
        assertThat(Settings.of(config(Map.of()))).isEqualTo(Settings.DEFAULT);
    }

    /** The configuration with its defaults, but for these. */
    private static StoredOutbox.Config config(Map<String, Object> set) {
        return (StoredOutbox.Config) Proxy.newProxyInstance(
                StoredOutboxTest.class.getClassLoader(),
                new Class<?>[] {StoredOutbox.Config.class},
                (proxy, method, arguments) -> set.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    /** What every change pays while nobody is subscribed; printed, for a figure that a machine is not asked to keep. */
    @Test
    public void enclosingForNobodyCostsNextToNothing() {
        StoredOutbox outbox = post.open(post.store, new NoNotifiers(), Clock.systemUTC(), Settings.DEFAULT);
        List<Notice> notices = List.of(Post.notice("1"));
        int calls = 5_000_000;
        long writes = 0;
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                writes += outbox.enclose(notices).size();
                outbox.stored();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf("enclose and stored for nobody: %.1f ns%n", (double) best / calls);
        assertThat(writes).isZero();
        assertThat(TimeUnit.NANOSECONDS.toMicros(best / calls)).isLessThan(100);
    }

    /** As in the server: the same list until something changes. */
    private static final class NoNotifiers implements ExtensionPoints {
        @Override
        public <T> Extensions<T> of(Class<T> point) {
            List<Link<T>> links = List.of();
            return new Extensions<>() {
                @Override
                public Class<T> point() {
                    return point;
                }

                @Override
                public List<Link<T>> links() {
                    return links;
                }

                @Override
                public Chain<T> enter() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Optional<Chain<T>> enter(Link<T> link) {
                    return Optional.empty();
                }

                @Override
                public List<ExtensionInfo> list() {
                    return List.of();
                }
            };
        }

        @Override
        public List<Extensions<?>> all() {
            return List.of(of(Notifier.class));
        }

        @Override
        public boolean quarantine(String extension, String reason) {
            return false;
        }

        @Override
        public boolean release(String extension) {
            return false;
        }

        @Override
        public Scope whenStuck(Runnable action) {
            return () -> {};
        }
    }
}
