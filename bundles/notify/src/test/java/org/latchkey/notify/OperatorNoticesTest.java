package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.notify.Post.QUICK;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Notices.DeadLetter;
import org.latchkey.api.service.Notices.Letters;
import org.latchkey.testkit.MemoryAudit;

/** what could not be delivered is looked at, replayed and dropped. */
public class OperatorNoticesTest {

    private static final String MAIL = "org.mail.Main";
    private static final Caller ROOT = new Caller("root", EnumSet.allOf(Capability.class), "r1", "127.0.0.1", false);

    @Rule
    public final Post post = new Post();

    private final MemoryAudit audit = new MemoryAudit();
    private final Sink sink = new Sink(Sink.DOWN);
    private StoredOutbox outbox;
    private OperatorNotices notices;

    @Before
    public void giveUpThree() {
        post.plug("org.mail", sink);
        outbox = post.open(new Settings(QUICK.poll(), QUICK.backoff(), 1, 1000, 1000, QUICK.away()));
        outbox.catalogue().appeared("test", "org.test", () -> Optional.of(List.of(CatalogueTest.CREATED)));
        notices = new OperatorNotices(outbox, audit);
        post.send(outbox, "1", "2", "3");
        Post.await(() -> post.items(Mailbox.DEAD_LETTER).size() == 3);
    }

    private List<DeadLetter> dead() {
        return notices.dead(Optional.empty(), "", 100).items();
    }

    @Test
    public void theyAreListedPageByPageByNotifier() {
        Page<DeadLetter> first = notices.dead(Optional.of(MAIL), "", 2);
        assertThat(first.items())
                .extracting(letter -> letter.notice().orElseThrow().id())
                .containsExactly("1", "2");
        assertThat(first.items().get(0).notifier()).isEqualTo(MAIL);
        assertThat(first.items().get(0).attempts()).isEqualTo(1);
        assertThat(first.items().get(0).reason()).isEqualTo("IOException: down");
        Page<DeadLetter> second = notices.dead(Optional.of(MAIL), first.next().orElseThrow(), 2);
        assertThat(second.items()).hasSize(1);
        assertThat(second.next()).isEmpty();
        assertThat(notices.dead(Optional.of("org.mail"), "", 10).items()).isEmpty();
    }

    @Test
    public void allOfANotifierAreReplayedInOrderUnderTheirIds() {
        sink.behave(notice -> {});
        assertThat(notices.replay(ROOT, new Letters(MAIL, Optional.empty()))).isEqualTo(3);
        Post.await(() -> sink.taken().size() == 3);
        assertThat(sink.taken()).containsExactly("1", "2", "3");
        assertThat(dead()).isEmpty();
        assertThat(outbox.fault()).isEmpty();
        assertThat(audit.last().type()).isEqualTo("notices.replayed");
        assertThat(audit.last().actor()).isEqualTo("root");
        assertThat(audit.last().subject()).isEqualTo(MAIL);
        assertThat(audit.last().details()).containsEntry("letters", 3);
    }

    @Test
    public void oneIsReplayedAndAnotherDropped() {
        List<DeadLetter> letters = dead();
        sink.behave(notice -> {});
        assertThat(notices.replay(
                        ROOT, new Letters(MAIL, Optional.of(letters.get(1).id()))))
                .isEqualTo(1);
        Post.await(() -> sink.taken().contains("2"));
        assertThat(notices.drop(
                        ROOT, new Letters(MAIL, Optional.of(letters.get(0).id()))))
                .isEqualTo(1);
        assertThat(audit.last().type()).isEqualTo("notices.dropped");
        assertThat(dead())
                .extracting(DeadLetter::id)
                .containsExactly(letters.get(2).id());
        Letters gone = new Letters(MAIL, Optional.of(letters.get(0).id()));
        assertThatThrownBy(() -> notices.drop(ROOT, gone)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> notices.replay(ROOT, gone)).isInstanceOf(Refusal.class);
    }

    @Test
    public void aDamagedOneIsShownStaysAtAReplayAndCanBeDropped() {
        post.commit(List.of(new Line(post.store, Mailbox.DEAD_LETTER, MAIL).put("0", "{\"notice\":\"?\"}")));
        assertThat(dead().get(0).notice()).isEmpty();
        assertThat(notices.replay(ROOT, new Letters(MAIL, Optional.empty()))).isEqualTo(3);
        assertThat(notices.drop(ROOT, new Letters(MAIL, Optional.of("0")))).isEqualTo(1);
    }

    /** What nobody has listed, nobody has said of that it is no secret. */
    @Test
    public void onlyListedFactsAreShownAndOfAddressesTheHost() {
        Notice odd = new Notice(
                "odd",
                "entity.created",
                Instant.now(),
                "root",
                Map.of("entity", "see https://u:hush@example.com/hush?hush=1", "surprise", "hush"));
        post.commit(outbox.enclose(List.of(odd)));
        outbox.stored();
        Post.await(() -> dead().size() == 4);
        Notice shown = dead().get(3).notice().orElseThrow();
        assertThat(shown.content()).containsEntry("surprise", "(not listed)");
        assertThat(dead().get(3).json().toString())
                .contains("https://example.com/...")
                .doesNotContain("hush");
    }

    @Test
    public void whoeverMayNotIsRefusedAndWithoutTheAuditLogNothingIsDone() {
        Letters all = new Letters(MAIL, Optional.empty());
        Caller nobody = new Caller("nobody", Set.of(), "r2", "127.0.0.1", false);
        assertThatThrownBy(() -> notices.replay(nobody, all)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> notices.drop(nobody, all)).isInstanceOf(Refusal.class);
        audit.breakDown();
        assertThatThrownBy(() -> notices.drop(ROOT, all)).isInstanceOf(Refusal.class);
        assertThat(dead()).hasSize(3);
        assertThat(notices.drop(Caller.shell("r3"), all)).isEqualTo(3);
    }
}
