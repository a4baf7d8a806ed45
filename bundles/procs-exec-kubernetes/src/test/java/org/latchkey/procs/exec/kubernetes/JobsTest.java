package org.latchkey.procs.exec.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Job;
import org.latchkey.testkit.HeardRun;

/** What is special about jobs of a cluster. */
public class JobsTest {

    @Rule
    public final TemporaryFolder logs = new TemporaryFolder();

    private TestCluster cluster;
    private Runs runs;

    @Before
    public void begin() {
        cluster = new TestCluster(logs.getRoot().toPath());
    }

    @After
    public void end() {
        if (runs != null) {
            runs.close();
        }
        cluster.close();
    }

    private Runs with(Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(
                Map.of("namespace", TestCluster.NAMESPACE, "graceSeconds", 1, "lookMillis", 100, "pullSeconds", 1));
        all.putAll(values);
        runs = new Runs(
                new Cluster(Connection.open(cluster.config())), Settings.of(Configured.config(all)), Clock.systemUTC());
        return runs;
    }

    private static Job job(String image, Map<String, String> environment, String script) {
        return new Job(
                "17",
                "proctor-" + UUID.randomUUID(),
                "my proc!",
                image,
                List.of("/bin/sh", "-c", script),
                environment,
                Duration.ofMinutes(2));
    }

    @Test
    public void row115_valuesAreInTheSecretAloneWhichBelongsToTheJob() throws Exception {
        HeardRun heard = new HeardRun();
        Job job = job("demo:1", Map.of("PASSWORD", "correct-horse"), "echo ${#PASSWORD}");
        with(Map.of("annotations", new String[] {"team=blue"}, "serviceAccount", "runner", "memory", "64Mi"))
                .start(job, heard);
        heard.awaitEnd();
        assertThat(heard.lines()).containsExactly("13");
        assertThat(cluster.bodies().stream().filter(each -> each.contains("correct-horse")))
                .singleElement()
                .asString()
                .startsWith("POST /api/v1/namespaces/procs/secrets");
        var made = cluster.admin
                .batch()
                .v1()
                .jobs()
                .inNamespace("procs")
                .withName(job.name())
                .require();
        assertThat(made.getMetadata().getLabels()).containsEntry("job", "my-proc");
        assertThat(made.getSpec().getBackoffLimit()).isZero();
        assertThat(made.getSpec().getActiveDeadlineSeconds()).isEqualTo(120);
        assertThat(made.getSpec().getTtlSecondsAfterFinished()).isEqualTo(3600);
        var template = made.getSpec().getTemplate();
        assertThat(template.getMetadata().getAnnotations()).containsEntry("team", "blue");
        assertThat(template.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(template.getSpec().getServiceAccountName()).isEqualTo("runner");
        assertThat(template.getSpec().getContainers().get(0).getResources().getLimits())
                .containsKey("memory");
        var secret = cluster.admin
                .secrets()
                .inNamespace("procs")
                .withName(job.name())
                .require();
        assertThat(secret.getMetadata().getOwnerReferences().get(0).getUid())
                .isEqualTo(made.getMetadata().getUid());
    }

    @Test
    public void whatFailedIsRunAgainAndItsLogGoesOn() throws Exception {
        HeardRun heard = new HeardRun();
        String counter = logs.getRoot() + "/counter";
        with(Map.of("retries", 2))
                .start(job("demo", Map.of(), "echo x >>" + counter + "; grep -c x " + counter + "; exit 5"), heard);
        assertThat(heard.awaitEnd()).isEqualTo(Ending.exited(5));
        assertThat(heard.lines()).containsExactly("1", "2", "3");
    }

    @Test
    public void anImageThatCannotBePulledIsAFailureWithItsReason() throws Exception {
        HeardRun heard = new HeardRun();
        with(Map.of()).start(job("missing:1", Map.of(), "true"), heard);
        Ending ending = heard.awaitEnd();
        assertThat(ending.kind()).isEqualTo(Ending.Kind.FAILED);
        assertThat(ending.reason()).contains("ImagePullBackOff");
        assertThat(heard.hasRun()).isFalse();
    }

    @Test
    public void aReasonThatSaysMoreThanTheCodeIsTold() throws Exception {
        HeardRun heard = new HeardRun();
        with(Map.of()).start(job("demo", Map.of(), "exit 77"), heard);
        Ending ending = heard.awaitEnd();
        assertThat(ending.exitCode()).isEqualTo(OptionalInt.of(77));
        assertThat(ending.reason()).contains("OOMKilled");
    }

    @Test
    public void aJobThatSomebodyDeletesIsStopped() throws Exception {
        HeardRun heard = new HeardRun();
        Job job = job("demo", Map.of(), "echo up; sleep 100");
        with(Map.of()).start(job, heard);
        heard.awaitLines(1);
        cluster.admin
                .batch()
                .v1()
                .jobs()
                .inNamespace("procs")
                .withName(job.name())
                .delete();
        assertThat(heard.awaitEnd().kind()).isEqualTo(Ending.Kind.STOPPED);
    }

    @Test
    public void whatNoClusterTakesIsRefused() {
        Runs any = with(Map.of());
        HeardRun heard = new HeardRun();
        for (Job each : List.of(
                job("", Map.of(), "true"), job("a b", Map.of(), "true"), job("demo", Map.of("A B", "x"), "true"))) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> any.start(each, heard))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
        }
        assertThat(cluster.admin.secrets().inNamespace("procs").list().getItems())
                .isEmpty();
    }

    @Test
    public void allThatIsWrongWithTheSettingsIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Configured.config(Map.of(
                        "namespace", "No", "memory", "much", "cpu", "x", "retries", -1, "annotations", new String[] {"a"
                        }))))
                .withMessageContainingAll("namespace", "memory", "cpu", "retries", "\"a\"");
    }
}
