package org.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;

/**
 * What every {@link Executor} does, wherever its procs run. An executor's test extends this and says where that is; the
 * programs are scripts of a POSIX shell.
 */
public abstract class ExecutorContract extends ExecutorResumeContract {

    /** What whoever hears a line keeps of it at least, by the contract of {@link org.latchkey.api.proc.Watch}. */
    private static final int KEPT = 16_384;

    private HeardRun run(Job job) throws Exception {
        HeardRun heard = new HeardRun();
        String handle = executor().start(job, heard);
        assertThat(handle).hasSizeBetween(1, 200);
        heard.awaitEnd();
        return heard;
    }

    @Test
    public void row120_aProgramThatEndsWithZeroHasSucceeded() throws Exception {
        HeardRun heard = run(job("exit 0"));
        assertThat(heard.ending()).contains(Ending.exited(0));
        assertThat(heard.hasRun()).isTrue();
        assertThat(heard.lines()).isEmpty();
    }

    @Test
    public void row120_aProgramThatEndsWithAnythingElseHasFailed() throws Exception {
        assertThat(run(job("echo oops >&2; exit 1")).ending()).contains(Ending.exited(1));
        assertThat(run(job("exit 255")).ending()).contains(Ending.exited(255));
        HeardRun killed = run(job("kill -9 $$"));
        assertThat(killed.lines()).isEmpty();
        assertThat(killed.ending()).contains(Ending.exited(137));
    }

    /** As all of this suite, whatever executes it: processes, jobs of a cluster, or what a plugin brings. */
    @Test
    public void row119_everyExecutorTellsWhatARunSaysInOrderAndAsItWasWritten() throws Exception {
        String script = "echo one; echo two >&2; echo; printf 'Zo\\303\\253 \\360\\237\\230\\200\\n'; "
                + "printf 'a\\000b\\n'; echo '  three  '; printf last >&2";
        assertThat(run(job(script)).lines())
                .containsExactly("one", "two", "", "Zo\u00eb \uD83D\uDE00", "a\u0000b", "  three  ", "last");
    }

    @Test
    public void longLinesManyLinesAndWhatIsNoTextAreRead() throws Exception {
        String script =
                "head -c 200000 /dev/zero | tr '\\000' x; echo; echo after; printf '\\377\\376ok\\n'; seq 1 5000";
        List<String> lines = run(job(script)).lines();
        assertThat(lines).hasSize(5003);
        assertThat(lines.get(0)).startsWith("x".repeat(KEPT)).matches("x+");
        assertThat(lines.get(1)).isEqualTo("after");
        assertThat(lines.get(2)).endsWith("ok").hasSizeGreaterThan(2);
        assertThat(lines.subList(3, 5003))
                .isEqualTo(
                        IntStream.rangeClosed(1, 5000).mapToObj(String::valueOf).toList());
    }

    @Test
    public void row117_itsEnvironmentIsWhatWasDeclared() throws Exception {
        Map<String, String> declared = new LinkedHashMap<>();
        declared.put("PLAIN", "value");
        declared.put("EMPTY", "");
        declared.put("ODD", " \"'$(id)`id`$HOME\\n;&|*=\u00eb\t");
        declared.put("LINES", "one\ntwo\n");
        declared.put("lower_9", "9");
        Job job = job("env -0", declared, LONG);
        Map<String, String> found = new LinkedHashMap<>();
        for (String each : String.join("\n", run(job).lines()).split("\u0000")) {
            if (!each.startsWith("_=") && !each.startsWith("PWD=")) {
                found.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
            }
        }
        assertThat(found).containsAllEntriesOf(job.environment());
        Set<String> others = new TreeSet<>(found.keySet());
        others.removeAll(job.environment().keySet());
        assertThat(others).isEqualTo(new TreeSet<>(added()));
    }

    @Test
    public void argumentsReachTheProgramAsTheyAre() throws Exception {
        List<String> arguments = List.of("$(id)", "a b;c", "*", "", "'\"`id`\\", "-n", "--", "\u00eb");
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "printf '[%s]\\n' \"$@\"", "sh"));
        command.addAll(arguments);
        assertThat(run(job(command, Map.of(), LONG)).lines())
                .isEqualTo(arguments.stream().map(each -> "[" + each + "]").toList());
    }

    @Test
    public void stoppingEndsAllThatItBegan() throws Exception {
        Executor executor = executor();
        HeardRun heard = new HeardRun();
        String handle = executor.start(job("sleep 300 & echo $!; (sleep 301; echo x) & echo $!; echo $$; wait"), heard);
        List<String> pids = heard.awaitLines(3);
        executor.stop(handle);
        assertThat(heard.awaitEnd().kind()).isEqualTo(Ending.Kind.STOPPED);
        for (String each : pids) {
            awaitGone(each);
        }
    }

    @Test
    public void stoppingEndsWhatDoesNotWantToEnd() throws Exception {
        Executor executor = executor();
        HeardRun heard = new HeardRun();
        String handle = executor.start(job("trap '' TERM INT HUP; echo $$; while :; do sleep 0.2; done"), heard);
        String pid = heard.awaitLines(1).get(0);
        executor.stop(handle);
        assertThat(heard.awaitEnd().kind()).isEqualTo(Ending.Kind.STOPPED);
        awaitGone(pid);
    }

    @Test
    public void whatItSaidBeforeItWasStoppedIsHeard() throws Exception {
        Executor executor = executor();
        HeardRun heard = new HeardRun();
        String handle =
                executor.start(job("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done"), heard);
        heard.awaitLines(1);
        executor.stop(handle);
        assertThat(heard.awaitEnd().kind()).isEqualTo(Ending.Kind.STOPPED);
        assertThat(heard.lines()).startsWith("up").endsWith("bye");
    }

    @Test
    public void stoppingWhatHasEndedChangesNothing() throws Exception {
        Executor executor = executor();
        Job job = job("exit 4");
        HeardRun heard = new HeardRun();
        String handle = executor.start(job, heard);
        heard.awaitEnd();
        executor.stop(handle);
        executor.stop(handle);
        HeardRun again = new HeardRun();
        executor.resume(handle, job, 0, again);
        assertThat(again.awaitEnd()).isEqualTo(Ending.exited(4));
        assertThat(heard.faults()).isEmpty();
    }

    @Test
    public void whatTakesTooLongIsEnded() throws Exception {
        Executor executor = executor();
        HeardRun heard = new HeardRun();
        executor.start(job("echo $$; sleep 300", Map.of(), Duration.ofSeconds(2)), heard);
        Ending ending = heard.awaitEnd();
        assertThat(ending.kind()).isEqualTo(Ending.Kind.TIMED_OUT);
        assertThat(ending.reason()).isNotBlank();
        if (!heard.lines().isEmpty()) {
            awaitGone(heard.lines().get(0));
        }
    }

    @Test
    public void whatCannotBeBegunIsRefusedAndLeavesNothing() throws Exception {
        Executor executor = executor();
        HeardRun heard = new HeardRun();
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> executor.start(impossible(job("echo never")), heard))
                .satisfies(refusal -> assertThat(refusal.getMessage()).isNotBlank());
        assertThat(left()).isEmpty();
        assertThat(heard.hasRun()).isFalse();
        assertThat(heard.ending()).isEmpty();
    }

    @Test
    public void manyRunAtOnceAndEachIsHeardAlone() throws Exception {
        Executor executor = executor();
        List<HeardRun> all = new ArrayList<>();
        List<Job> jobs = new ArrayList<>();
        Set<String> handles = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            jobs.add(job(
                    "echo \"$EXECUTION_ID\"; while [ ! -e \"$1/go\" ]; do sleep 0.2; done; echo \"$N\"; exit $N",
                    Map.of("N", String.valueOf(i)),
                    LONG));
            all.add(new HeardRun());
            handles.add(executor.start(jobs.get(i), all.get(i)));
        }
        assertThat(handles).hasSize(12);
        for (HeardRun each : all) {
            each.awaitLines(1);
        }
        give("go");
        for (int i = 0; i < 12; i++) {
            assertThat(all.get(i).awaitEnd()).isEqualTo(Ending.exited(i));
            assertThat(all.get(i).lines()).containsExactly(jobs.get(i).id(), String.valueOf(i));
        }
    }

    @Test
    public void nothingIsLeftOfRunsThatEndedNorOfAnExecutorThatWasClosed() throws Exception {
        Executor executor = executor();
        HeardRun ended = new HeardRun();
        executor.start(job("echo x; exit 1"), ended);
        HeardRun stopped = new HeardRun();
        String handle = executor.start(job("sleep 300"), stopped);
        stopped.awaitRunning();
        executor.stop(handle);
        ended.awaitEnd();
        stopped.awaitEnd();
        forget(executor);
        await("nothing is left", () -> left().isEmpty());
        shut(executor);
        await("no thread is left", () -> threads().isEmpty());
    }
}
