package org.latchkey.procs.exec.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Job;
import org.latchkey.testkit.HeardRun;

/** What is special about processes. */
public class LimitsTest {

    @Rule
    public final TemporaryFolder data = new TemporaryFolder();

    private final ShiftedClock clock = new ShiftedClock();
    private Runs runs;

    private Runs with(Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(Map.of("graceSeconds", 1));
        all.putAll(values);
        runs = new Runs(Configured.settings(data.getRoot().toPath(), all), clock);
        return runs;
    }

    @After
    public void close() {
        if (runs != null) {
            runs.close();
        }
    }

    private static Job job(String id, Map<String, String> environment, String... command) {
        return new Job(id, "proctor-" + id, "demo", "", List.of(command), environment, Duration.ofMinutes(2));
    }

    private static Job script(String id, String script) {
        return job(id, Map.of(), "/bin/sh", "-c", script);
    }

    private static void refused(Runs runs, Job job, Refusal.Kind kind) {
        HeardRun heard = new HeardRun();
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> runs.start(job, heard))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(kind));
        assertThat(heard.hasRun()).isFalse();
    }

    @Test
    public void onlyAbsolutePathsOfProgramsAreRun() {
        Runs any = with(Map.of());
        for (String each : List.of("sh", "./sh", "", "/", "/etc/passwd", "/bin/../no", "/bin/a=b", "/bin/sh\u0000")) {
            refused(any, job("1", Map.of(), each), Refusal.Kind.INVALID);
        }
        refused(any, job("1", Map.of()), Refusal.Kind.INVALID);
    }

    @Test
    public void aLinkOutOfAnAllowedDirectoryAllowsNothing() throws Exception {
        Path allowed = data.newFolder("allowed").toPath();
        Path good = Files.writeString(allowed.resolve("good"), "#!/bin/sh\necho good\n");
        Files.setPosixFilePermissions(good, PosixFilePermissions.fromString("rwx------"));
        Path link = Files.createSymbolicLink(allowed.resolve("link"), Path.of("/bin/sh"));
        Runs some = with(Map.of("programs", new String[] {allowed.toString(), "/no/such"}));
        refused(some, job("1", Map.of(), link.toString()), Refusal.Kind.DENIED);
        refused(some, job("1", Map.of(), "/bin/sh"), Refusal.Kind.DENIED);
        refused(some, job("1", Map.of(), allowed + "/../allowed/link"), Refusal.Kind.DENIED);
        HeardRun heard = new HeardRun();
        some.start(job("1", Map.of(), good.toString()), heard);
        assertThat(heard.awaitEnd()).isEqualTo(Ending.exited(0));
        assertThat(heard.lines()).containsExactly("good");
    }

    @Test
    public void whatAShellWouldChangeIsRefusedByName() {
        Runs any = with(Map.of());
        for (String each : List.of("", "A-B", "A.B", "1A", "A B", "A=B", "PWD", "IFS", "SHELLOPTS", "ENV")) {
            refused(any, job("1", Map.of(each, "x"), "/bin/true"), Refusal.Kind.INVALID);
        }
        refused(any, job("1", Map.of("A", "x\u0000y"), "/bin/true"), Refusal.Kind.INVALID);
        refused(any, job("1", Map.of("A", "x".repeat(3_000_000)), "/bin/true"), Refusal.Kind.UNAVAILABLE);
        assertThat(data.getRoot().toPath().resolve("procs-local")).isEmptyDirectory();
    }

    @Test
    public void oneMoreThanMayRunAtOnceIsRefused() throws Exception {
        Runs one = with(Map.of("atOnce", 1));
        HeardRun first = new HeardRun();
        String handle = one.start(script("1", "sleep 100"), first);
        refused(one, script("2", "true"), Refusal.Kind.TOO_MANY);
        one.stop(handle);
        first.awaitEnd();
    }

    @Test
    public void nothingRunsTwice() throws Exception {
        Runs any = with(Map.of());
        HeardRun first = new HeardRun();
        any.start(script("1", "true"), first);
        refused(any, script("1", "true"), Refusal.Kind.CONFLICT);
        assertThat(first.awaitEnd()).isEqualTo(Ending.exited(0));
    }

    @Test
    public void whatSaysTooMuchIsEnded() throws Exception {
        HeardRun heard = new HeardRun();
        with(Map.of("outputMiB", 1)).start(script("1", "yes | head -c 3000000; sleep 100"), heard);
        Ending ending = heard.awaitEnd();
        assertThat(ending.kind()).isEqualTo(Ending.Kind.FAILED);
        assertThat(ending.reason()).contains("1 MiB");
    }

    @Test
    public void whatHasSaidTooMuchAndEndedAtOnceHasFailedAndIsCut() throws Exception {
        HeardRun heard = new HeardRun();
        with(Map.of("outputMiB", 1)).start(script("1", "yes | head -c 3000000"), heard);
        Ending ending = heard.awaitEnd();
        assertThat(ending.kind()).isEqualTo(Ending.Kind.FAILED);
        assertThat(ending.reason()).contains("1 MiB");
        assertThat(heard.lines()).hasSize(1024 * 1024 / "y\n".length());
    }

    @Test
    public void filesAreLimited() throws Exception {
        HeardRun heard = new HeardRun();
        with(Map.of("fileMiB", 1)).start(script("1", "ulimit -f; head -c 3000000 /dev/zero > big; wc -c < big"), heard);
        assertThat(heard.awaitEnd()).isEqualTo(Ending.exited(0));
        assertThat(heard.lines()).startsWith("2048").endsWith("1048576");
    }

    @Test
    public void memoryIsLimited() throws Exception {
        HeardRun heard = new HeardRun();
        with(Map.of("memoryMiB", 64)).start(script("1", "ulimit -v; ulimit -c"), heard);
        assertThat(heard.awaitEnd()).isEqualTo(Ending.exited(0));
        assertThat(heard.lines()).containsExactly("65536", "0");
    }

    @Test
    public void whatLeftTheSessionEndsTooAndNothingIsLeftOfWhereItRan() throws Exception {
        HeardRun heard = new HeardRun();
        with(Map.of())
                .start(
                        script("1", "setsid sh -c 'echo $$; sleep 200' & sleep 1; mkdir -p a/b; chmod 0 a; exit 3"),
                        heard);
        assertThat(heard.awaitEnd()).isEqualTo(Ending.exited(3));
        assertThat(Processes.find(Long.parseLong(heard.lines().get(0)))).isEmpty();
        // It is removed after its end was told.
        Path work = data.getRoot().toPath().resolve("procs-local/1/work");
        for (int tries = 0; tries < 300 && Files.exists(work); tries++) {
            Thread.sleep(100);
        }
        assertThat(work).doesNotExist();
    }

    @Test
    public void itRunsInADirectoryOfItsOwnThatNobodyElseMayEnter() throws Exception {
        HeardRun heard = new HeardRun();
        with(Map.of()).start(script("1", "pwd; echo $HOME; stat -c %a . .. ../output; ls -A; cat"), heard);
        assertThat(heard.awaitEnd()).isEqualTo(Ending.exited(0));
        String work = data.getRoot().toPath().resolve("procs-local/1/work").toString();
        assertThat(heard.lines()).containsExactly(work, work, "700", "700", "600");
    }

    @Test
    public void whatWasBegunByHalfIsRemoved() throws IOException {
        Runs any = with(Map.of());
        Folder half = Folder.create(data.getRoot().toPath().resolve("procs-local"), "7", clock.instant());
        any.tidy();
        assertThat(half.path()).exists();
        clock.shift(Duration.ofMinutes(5));
        any.tidy();
        assertThat(half.path()).doesNotExist();
    }

    @Test
    public void aProcessOfTheSameNumberIsAnotherOne() throws Exception {
        long own = ProcessHandle.current().pid();
        long started = Processes.find(own).orElseThrow().started();
        assertThat(Processes.alive(new Handle("1", own, started))).isTrue();
        assertThat(Processes.alive(new Handle("1", own, started - 1))).isFalse();
        assertThat(Processes.now().of(new Handle("1", own, started - 1), Path.of("/no/such")))
                .isEmpty();
    }

    @Test
    public void noHandleNamesTheServerItselfOrEverybody() {
        for (String each : List.of("1.0.5", "1.1.5", "1.00.5", "1.-1.5", "1..5")) {
            assertThat(Handle.of(each)).as(each).isEmpty();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Handle("1", 0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Handle("1", 1, 5));
        assertThat(Handle.of("1.2.5")).contains(new Handle("1", 2, 5));
    }

    @Test
    public void allThatIsWrongWithTheSettingsIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configured.settings(
                        data.getRoot().toPath(),
                        Map.of("memoryMiB", -1, "atOnce", 0, "path", " ", "programs", new String[] {"sh"})))
                .withMessageContainingAll("memoryMiB", "atOnce", "path", "\"sh\"");
    }
}
