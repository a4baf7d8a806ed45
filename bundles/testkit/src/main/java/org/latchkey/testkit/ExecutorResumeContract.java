package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;

/** What every {@link Executor} does with what was begun in another life of it. */
public abstract class ExecutorResumeContract extends ExecutorPlace {

    private static final String TWO_AND_TWO =
            "echo 1; echo 2; while [ ! -e \"$1/go\" ]; do sleep 0.1; done; echo 3; echo 4; : >\"$1/done\"; exit 3";

    @Test
    public void row120_aRunGoesOnWithoutAnExecutorAndIsResumedAtTheNextLine() throws Exception {
        Executor first = executor();
        Job job = job(TWO_AND_TWO);
        HeardRun before = new HeardRun();
        String handle = first.start(job, before);
        assertThat(before.awaitLines(2)).containsExactly("1", "2");
        shut(first);

        HeardRun after = new HeardRun();
        executor().resume(handle, job, 2, after);
        after.awaitRunning();
        assertThat(after.lines()).isEmpty();
        give("go");
        assertThat(after.awaitEnd()).isEqualTo(Ending.exited(3));
        assertThat(after.lines()).containsExactly("3", "4");
        assertThat(before.lines()).containsExactly("1", "2");
        assertThat(before.ending()).isEmpty();
    }

    @Test
    public void row120_whatHappenedMeanwhileIsToldLater() throws Exception {
        Executor first = executor();
        Job job = job(TWO_AND_TWO);
        HeardRun before = new HeardRun();
        String handle = first.start(job, before);
        before.awaitLines(1);
        shut(first);
        give("go");
        awaitSign("done");

        HeardRun after = new HeardRun();
        executor().resume(handle, job, 1, after);
        assertThat(after.awaitEnd()).isEqualTo(Ending.exited(3));
        assertThat(after.lines()).containsExactly("2", "3", "4");
    }

    @Test
    public void row120_anEndIsToldAgainToWhoeverDidNotKeepIt() throws Exception {
        Executor first = executor();
        Job job = job("echo one; printf two; exit 7");
        HeardRun before = new HeardRun();
        String handle = first.start(job, before);
        assertThat(before.awaitEnd()).isEqualTo(Ending.exited(7));
        shut(first);

        Executor second = executor();
        for (int seen = 0; seen <= 2; seen++) {
            HeardRun after = new HeardRun();
            second.resume(handle, job, seen, after);
            assertThat(after.awaitEnd()).isEqualTo(Ending.exited(7));
            assertThat(after.lines()).isEqualTo(List.of("one", "two").subList(seen, 2));
        }
    }

    @Test
    public void row120_whatNobodyKnowsIsLost() throws Exception {
        Executor executor = executor();
        Job job = job("echo never");
        List<String> handles = List.of(
                "", "x", "1:2", "1/2/3/4", "../..", "../../1:1:1", "/etc/passwd", "1.1.1", "x".repeat(200), job.id());
        for (String handle : handles) {
            HeardRun heard = new HeardRun();
            executor.resume(handle, job, 0, heard);
            assertThat(heard.awaitEnd().kind()).as(handle).isEqualTo(Ending.Kind.LOST);
            assertThat(heard.ending().orElseThrow().reason()).isNotBlank();
            assertThat(heard.lines()).isEmpty();
            executor.stop(handle);
        }
    }

    @Test
    public void aRunOfAnEarlierLifeIsStopped() throws Exception {
        Executor first = executor();
        Job job = job("echo $$; sleep 300");
        HeardRun before = new HeardRun();
        String handle = first.start(job, before);
        String pid = before.awaitLines(1).get(0);
        shut(first);

        Executor second = executor();
        second.stop(handle);
        HeardRun after = new HeardRun();
        second.resume(handle, job, 1, after);
        assertThat(after.awaitEnd().kind()).isEqualTo(Ending.Kind.STOPPED);
        awaitGone(pid);
    }

    @Test
    public void theTimeLimitHoldsOverLives() throws Exception {
        Executor first = executor();
        Job job = job("echo $$; sleep 300", Map.of(), Duration.ofSeconds(8));
        HeardRun before = new HeardRun();
        String handle = first.start(job, before);
        String pid = before.awaitLines(1).get(0);
        shut(first);

        HeardRun after = new HeardRun();
        executor().resume(handle, job, 1, after);
        assertThat(after.awaitEnd().kind()).isEqualTo(Ending.Kind.TIMED_OUT);
        awaitGone(pid);
    }
}
