package org.latchkey.procs.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.api.store.Store;
import org.latchkey.procs.log.LogWriter.Plan;
import org.latchkey.procs.log.LogWriter.Tip;
import org.latchkey.testkit.MemoryStore;

public class LogWriterTest {

    private static final long RUN = 77;

    private final MemoryStore store = new MemoryStore();
    private final Logs logs = new Logs(store);

    private LogWriter writer(long longest) {
        return new LogWriter(logs, RUN, longest, new Mask(List.of("s3cret")));
    }

    private List<String> read(long lines) throws IOException {
        List<String> read = new ArrayList<>();
        logs.read(RUN, lines, read::add);
        return read;
    }

    private Plan write(LogWriter writer, Tip tip, List<String> lines, long size) throws Store.Conflict {
        Plan plan = writer.plan(tip, lines, size);
        store.commit(plan.writes());
        return plan;
    }

    @Test
    public void linesComeBackInOrderFromManyChunks() throws Exception {
        LogWriter writer = writer(10_000_000);
        List<String> all =
                IntStream.range(0, 3000).mapToObj(i -> i + "x".repeat(100)).toList();
        Tip tip = writer.tip(0);
        long size = 0;
        for (int i = 0; i < 3000; i += 500) {
            Plan plan = write(writer, tip, all.subList(i, i + 500), size);
            tip = i == 1000 ? writer.tip(plan.lines()) : plan.tip(); // as after a restart
            size = plan.size();
        }
        assertThat(read(3000)).isEqualTo(all);
        assertThat(read(1234)).isEqualTo(all.subList(0, 1234));
        assertThat(logs.at(RUN, 1700).orElseThrow().from(1700).get(0)).isEqualTo(all.get(1700));
        assertThat(logs.at(RUN, 3000)).isEmpty();
        assertThat(logs.at(RUN + 1, 0)).isEmpty();
        assertThat(store.list("procrunlog", "", "", 99)).hasSizeBetween(4, 8);
    }

    @Test
    public void aLogThatIsTooLongIsCutAndSaysSo() throws Exception {
        LogWriter writer = writer(2048);
        Plan plan = write(writer, writer.tip(0), List.of("a".repeat(1500), "b".repeat(1500), "c"), 0);
        Plan more = write(writer, plan.tip(), List.of("d"), plan.size());
        assertThat(more.writes()).isEmpty();
        assertThat(read(more.lines())).hasSize(3).last().isEqualTo("[The log is cut here: it is longer than 2 KiB.]");
    }

    @Test
    public void aLineIsMaskedThenCutAndIsUnicode() throws Exception {
        LogWriter writer = writer(10_000_000);
        Plan plan = write(
                writer,
                writer.tip(0),
                List.of("x".repeat(16_382) + "s3cret", "half \ud83d of a pair and \u0000", "\ud83d\ude00", ""),
                0);
        assertThat(read(plan.lines()))
                .containsExactly("x".repeat(16_382) + "**", "half \ufffd of a pair and \ufffd", "\ud83d\ude00", "");
    }
}
