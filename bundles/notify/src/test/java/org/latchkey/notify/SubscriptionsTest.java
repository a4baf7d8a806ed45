package org.latchkey.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.api.extension.Notifier;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Write;

public class SubscriptionsTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    @Rule
    public final Post post = new Post();

    private final TestClock clock = new TestClock(NOON);

    private Subscriptions open() {
        return new Subscriptions(post.store, post.points.of(Notifier.class), clock);
    }

    private Subscription stored() {
        return Subscription.read(post.items(Subscription.KIND).get(0));
    }

    @Test
    public void aNotifierIsSubscribedFromItsFirstAppearance() {
        Subscriptions subscriptions = open();
        assertThat(subscriptions.current()).isEmpty();
        post.plug("org.mail", new Sink());
        assertThat(subscriptions.current()).containsOnlyKeys("org.mail.Main");
        subscriptions.refresh(DAY);
        assertThat(stored()).isEqualTo(new Subscription("org.mail.Main", NOON, Interest.ALL, 1));
    }

    @Test
    public void itStaysSoWhileItIsAwayAndInTheNextLifeOfTheServer() {
        post.plug("org.mail", new Sink());
        Subscriptions subscriptions = open();
        subscriptions.current();
        subscriptions.refresh(DAY);
        post.unplugAll();
        clock.set(NOON.plus(DAY));
        subscriptions.refresh(DAY);
        assertThat(subscriptions.current()).containsOnlyKeys("org.mail.Main");
        assertThat(open().current()).containsOnlyKeys("org.mail.Main");
    }

    @Test
    public void thatItIsThereIsWrittenDownNowAndThenOnly() {
        post.plug("org.mail", new Sink());
        Subscriptions subscriptions = open();
        subscriptions.refresh(DAY);
        clock.set(NOON.plus(Duration.ofMinutes(59)));
        subscriptions.refresh(DAY);
        assertThat(stored().version()).isEqualTo(1);
        clock.set(NOON.plus(Duration.ofMinutes(61)));
        subscriptions.refresh(DAY);
        assertThat(stored()).isEqualTo(new Subscription("org.mail.Main", clock.instant(), Interest.ALL, 2));
    }

    @Test
    public void whoIsAwayTooLongIsForgottenWithAllThatWaits() throws Exception {
        post.plug("org.mail", new Sink());
        Subscriptions subscriptions = open();
        Mailbox mailbox = subscriptions.current().get("org.mail.Main");
        subscriptions.refresh(DAY);
        for (int i = 0; i < 500; i++) {
            post.commit(List.of(mailbox.put("t" + i, "{}")));
        }
        mailbox.bury(mailbox.oldest(1).get(0), 1, "x");
        post.unplugAll();
        clock.set(NOON.plus(DAY).plusSeconds(1));
        subscriptions.refresh(DAY);
        assertThat(subscriptions.current()).isEmpty();
        for (String kind : List.of(Subscription.KIND, Mailbox.NOTICE, Mailbox.DEAD_LETTER)) {
            assertThat(post.items(kind)).as(kind).isEmpty();
        }
        post.plug("org.mail", new Sink());
        assertThat(subscriptions.current()).containsOnlyKeys("org.mail.Main");
    }

    @Test
    public void whileTheServerIsDownNobodyIsAway() {
        post.plug("org.mail", new Sink());
        open().refresh(DAY);
        post.unplugAll();
        clock.set(NOON.plus(Duration.ofDays(10)));
        Subscriptions next = open();
        next.refresh(DAY);
        clock.set(clock.instant().plus(Duration.ofHours(23)));
        next.refresh(DAY);
        assertThat(next.current()).containsOnlyKeys("org.mail.Main");
        clock.set(clock.instant().plus(Duration.ofHours(2)));
        next.refresh(DAY);
        assertThat(next.current()).isEmpty();
    }

    @Test
    public void whatLiesThereForNobodyIsKeptAsLongAsForAnyNotifier() {
        post.commit(List.of(new Line(post.store, Mailbox.NOTICE, Mailbox.owner("org/odd")).put("t", "{}")));
        Subscriptions subscriptions = open();
        subscriptions.refresh(DAY);
        assertThat(subscriptions.current()).containsOnlyKeys("org/odd");
        clock.set(NOON.plus(DAY).plusSeconds(1));
        subscriptions.refresh(DAY);
        assertThat(post.waiting()).isZero();
    }

    @Test
    public void whatAnotherNodeEndsIsNotBegunAgainHere() {
        post.plug("org.mail", new Sink());
        Subscriptions one = open();
        Subscriptions two = open();
        one.refresh(DAY);
        two.refresh(DAY);
        post.unplugAll();
        clock.set(NOON.plus(DAY).plusSeconds(1));
        one.refresh(DAY);
        two.refresh(DAY);
        assertThat(two.current()).isEmpty();
        assertThat(post.items(Subscription.KIND)).isEmpty();
    }

    @Test
    public void aDamagedTimeIsSeenAnewOrGivenItsFullTime() throws Exception {
        post.plug("org.mail", new Sink());
        Subscriptions subscriptions = open();
        subscriptions.refresh(DAY);
        post.commit(List.of(new Write.Put(new Item(Subscription.KIND, "org.mail.Main", 1, "{}", List.of()))));
        subscriptions.refresh(DAY);
        assertThat(stored().seen()).isEqualTo(NOON);
    }

    @Test
    public void namesThatBeginAlikeHaveLinesOfTheirOwn() {
        for (String owner : List.of("a", "a.b", "a0", Mailbox.owner("a/b"), "a~x")) {
            post.commit(List.of(new Line(post.store, Mailbox.NOTICE, owner).put("t", "{}")));
        }
        assertThat(Line.owners(post.store, Mailbox.NOTICE)).containsExactlyInAnyOrder("a", "a.b", "a0", "a%2Fb", "a~x");
        assertThat(new Line(post.store, Mailbox.NOTICE, "a").count()).isEqualTo(1);
        assertThat(Mailbox.notifier(Mailbox.owner("a%2F/b"))).isEqualTo("a%2F/b");
    }
}
