package org.latchkey.procs.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Job;
import org.latchkey.api.proc.Watch;
import org.latchkey.testkit.HeardRun;

/** Whatever a program makes of its folder, and however slow whoever hears it is, a run ends, and so do the others. */
public class MessTest {

    @Rule
    public final TemporaryFolder data = new TemporaryFolder();

    private final ShiftedClock clock = new ShiftedClock();
    private Runs runs;

    @Before
    public void open() {
        runs = new Runs(Configured.settings(data.getRoot().toPath(), Map.of("graceSeconds", 1)), clock);
    }

    @After
    public void close() throws Exception {
        runs.close();
        // Java does not remove what has too long a path.
        new ProcessBuilder("rm", "-rf", root().toString()).start().waitFor();
    }

    private Path root() {
        return data.getRoot().toPath().resolve("procs-local");
    }

    private static Job script(String id, String script) {
        return new Job(
                id, "proctor-" + id, "demo", "", List.of("/bin/sh", "-c", script), Map.of(), Duration.ofMinutes(2));
    }

    private static boolean isThere(String pid) {
        return Processes.find(Long.parseLong(pid)).isPresent();
    }

    private static void awaitGone(String pid) throws InterruptedException {
        for (int tries = 0; tries < 600 && isThere(pid); tries++) {
            Thread.sleep(100);
        }
        assertThat(isThere(pid)).isFalse();
    }

    @Test
    public void aRunEndsWhoseDirectoryCannotBeRemoved() throws Exception {
        HeardRun heard = new HeardRun();
        // One after the other these have a longer path than the kernel takes.
        String path = ("/" + "d".repeat(250)).repeat(10);
        runs.start(
                script("1", "mkdir -p one" + path + " two" + path + " && mv two one" + path + " && echo deep"), heard);
        assertThat(heard.awaitEnd()).isEqualTo(Ending.exited(0));
        assertThat(heard.lines()).containsExactly("deep");
        Folder half = Folder.create(root(), "7", clock.instant());
        clock.shift(Duration.ofHours(2));
        for (int tries = 0; tries < 300 && Files.exists(half.path()); tries++) {
            runs.tidy();
            Thread.sleep(100);
        }
        assertThat(half.path()).doesNotExist();
        assertThat(root().resolve("1/work")).exists();
    }

    @Test
    public void filesWithoutTheirFormAreAsIfTheyWereNotThere() throws Exception {
        for (String mess : List.of(
                "echo x > ../exit; echo SUCCEEDED > ../intent; echo y > ../limit",
                "rm ../exit ../limit; mkdir ../exit ../intent ../limit ../told",
                "rm ../exit ../output; mkfifo ../exit ../intent ../output",
                "head -c 9000 /dev/zero > ../exit; echo 99999999999999 > ../intent; rm ../output",
                "rm ../output; ln -s /dev/zero ../output; ln -sf /dev/zero ../exit")) {
            HeardRun heard = new HeardRun();
            String id = "m" + Math.abs(mess.hashCode());
            String handle = runs.start(script(id, mess + "; echo $$ > pid; exec sleep 100"), heard);
            Path pid = root().resolve(id).resolve("work/pid");
            for (int tries = 0; tries < 600 && (!Files.exists(pid) || Files.size(pid) == 0); tries++) {
                Thread.sleep(50);
                if (heard.ending().isPresent()) {
                    break;
                }
            }
            runs.stop(handle);
            assertThat(heard.awaitEnd().kind()).as(mess).isIn(Ending.Kind.STOPPED, Ending.Kind.TIMED_OUT);
        }
    }

    @Test
    public void oneMessyFolderDoesNotKeepTheOthersFromBeingCollected() throws IOException {
        Folder mess = Folder.create(root(), "1", clock.instant());
        Files.writeString(mess.path().resolve("process"), "1.999999999.5\n");
        Files.writeString(mess.exit(), "x\n");
        Files.writeString(mess.path().resolve("limit"), "never\n");
        Folder half = Folder.create(root(), "2", clock.instant());
        clock.shift(Duration.ofMinutes(5));
        runs.tidy();
        assertThat(half.path()).doesNotExist();
    }

    @Test
    public void aRunIsEndedWhileWhoeverHearsItIsSlow() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(1);
        StringBuffer pid = new StringBuffer();
        String handle = runs.start(script("1", "echo $$; exec sleep 100"), new Watch() {
            @Override
            public void running() {}

            @Override
            public void line(String text) {
                pid.append(text);
                heard.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void ended(Ending ending) {}
        });
        heard.await();
        try {
            runs.stop(handle);
            awaitGone(pid.toString());
        } finally {
            release.countDown();
        }
    }

    @Test
    public void aSessionOfTheSameNumberIsOfARunOnlyWithItsEnvironment() throws Exception {
        assertThat(foundInSession(Map.of("EXECUTION_ID", "2"))).isFalse();
        assertThat(foundInSession(Map.of("EXECUTION_ID", "1"))).isTrue();
        assertThat(foundInSession(Map.of("HOME", "/no/such"))).isTrue();
    }

    /** Whether what a process leaves that ends is taken for what run 1 in /no/such left, whose process had the same number. */
    private static boolean foundInSession(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("setsid", "/bin/sh", "-c", "sleep 100 & echo $$ $!")
                .directory(Path.of("/").toFile());
        builder.environment().putAll(environment);
        Process leader = builder.start();
        String[] pids;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(leader.getInputStream(), StandardCharsets.UTF_8))) {
            pids = out.readLine().split(" ");
        }
        leader.waitFor();
        awaitGone(pids[0]);
        try {
            List<Processes.Entry> left =
                    Processes.now().of(new Handle("1", Long.parseLong(pids[0]), 1), Path.of("/no/such"));
            return left.stream().anyMatch(each -> Long.toString(each.pid()).equals(pids[1]));
        } finally {
            ProcessHandle.of(Long.parseLong(pids[1])).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
