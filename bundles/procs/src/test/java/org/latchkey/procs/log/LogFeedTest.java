package org.latchkey.procs.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;
import org.latchkey.api.http.Feed;
import org.latchkey.api.store.Store;
import org.latchkey.procs.log.LogWriter.Plan;
import org.latchkey.procs.log.LogWriter.Tip;
import org.latchkey.testkit.MemoryStore;

public class LogFeedTest {

    private static final long RUN = 77;

    private final MemoryStore store = new MemoryStore();
    private final Logs logs = new Logs(store);
    private final AtomicReference<Progress> stored = new AtomicReference<>(new Progress(0, Optional.empty()));
    private final Tails tails = new Tails(logs, run -> Optional.of(stored.get()));
    private final LogWriter writer = new LogWriter(logs, RUN, 10_000_000, new Mask(List.of()));
    private final AtomicInteger woken = new AtomicInteger();
    private Tip tip = writer.tip(0);
    private long size;

    private Feed follow(long from, LogForm form) {
        Feed feed = tails.follow(RUN, stored.get(), from, form);
        feed.wakeBy(woken::incrementAndGet);
        return feed;
    }

    /** Stores lines, and the end if there is one. */
    private void write(String end, String... lines) throws Store.Conflict {
        Plan plan = writer.plan(tip, List.of(lines), size);
        store.commit(plan.writes());
        tip = plan.tip();
        size = plan.size();
        stored.set(new Progress(plan.lines(), Optional.of(end).filter(each -> !each.isEmpty())));
    }

    private void tell() {
        tails.told(RUN, stored.get(), tip);
    }

    private static List<String> read(Feed feed) {
        List<String> read = new ArrayList<>();
        Feed.Next next = feed.next();
        while (next instanceof Feed.Piece piece) {
            read.add(piece.text());
            next = feed.next();
        }
        read.add(next.toString());
        return read;
    }

    @Test
    public void row122TheLogIsReadFromTheBeginningThenAsItComes() throws Exception {
        write("", "one", "two");
        Feed feed = follow(0, new Messages());
        assertThat(read(feed)).containsExactly("one", "two", "Pause[]");
        write("", "three");
        assertThat(woken).hasValue(0);
        tell();
        assertThat(woken).hasValue(1);
        assertThat(read(feed)).containsExactly("three", "Pause[]");
        write("FAILED", "four");
        tell();
        assertThat(read(feed)).containsExactly("four", "End[reason=FAILED]");
        assertThat(tails.followers()).isEqualTo(1);
        feed.close();
        feed.close();
        assertThat(tails.followers()).isZero();
    }

    @Test
    public void row122TheLogOfARunThatHasEndedIsWhole() throws Exception {
        write("FAILED", "one", "", "three");
        assertThat(read(follow(0, new Messages()))).containsExactly("one", "", "three", "End[reason=FAILED]");
        assertThat(read(follow(0, new ServerSentEvents())))
                .containsExactly(
                        "id: 1\ndata: one\n\nid: 2\ndata: \n\nid: 3\ndata: three\n\n",
                        "event: end\ndata: FAILED\n\n",
                        "End[reason=FAILED]");
    }

    @Test
    public void eventsGoOnAfterTheLastOneThatWasSeen() throws Exception {
        write("", "one", "two", "three\rmore");
        Feed feed = follow(2, new ServerSentEvents());
        assertThat(read(feed)).containsExactly("id: 3\ndata: three\ndata: more\n\n", "Pause[]");
        assertThat(read(feed)).as("a sign that the connection lives").contains(":\n\n");
    }

    @Test
    public void whatAnotherNodeWritesIsFoundInTheStore() throws Exception {
        Feed feed = follow(0, new Messages());
        assertThat(read(feed)).containsExactly("Pause[]");
        write("", "one");
        tails.look();
        assertThat(woken).hasValue(1);
        assertThat(read(feed)).containsExactly("one", "Pause[]");
        write("SUCCEEDED", "two");
        tails.look();
        tails.look();
        assertThat(read(feed)).containsExactly("two", "End[reason=SUCCEEDED]");
    }

    @Test
    public void aReaderIsSentAwayWhenProcsAreReplaced() throws Exception {
        write("", "one");
        Feed feed = follow(0, new ServerSentEvents());
        assertThat(read(feed)).hasSize(2);
        tails.close();
        assertThat(woken).hasValue(1);
        assertThat(read(feed)).containsExactly("End[reason=going away]");
    }

    @Test
    public void aSlowReaderHoldsNothingButItsPlace() throws Exception {
        Feed slow = follow(0, new Messages());
        for (int i = 0; i < 2000; i++) {
            write("", "line " + i + " ".repeat(200));
            tell();
        }
        write("SUCCEEDED");
        tell();
        List<String> read = read(slow);
        assertThat(read).hasSize(2001);
        assertThat(read.get(1999)).startsWith("line 1999 ");
    }
}
