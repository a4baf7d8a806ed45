package org.latchkey.procs.exec.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;
import org.latchkey.testkit.ExecutorContract;

/** Row 119: the suite of executors, on a cluster. */
public class RunsTest extends ExecutorContract {

    @Rule
    public final TemporaryFolder logs = new TemporaryFolder();

    private TestCluster cluster;

    @Before
    public void begin() {
        cluster = new TestCluster(logs.getRoot().toPath());
    }

    @After
    public void end() {
        cluster.close();
    }

    @Override
    protected Executor open() {
        return new Runs(
                new Cluster(Connection.open(cluster.config())),
                Settings.of(Configured.config(
                        Map.of("namespace", TestCluster.NAMESPACE, "graceSeconds", 2, "lookMillis", 100))),
                Clock.systemUTC());
    }

    @Override
    protected void close(Executor executor) {
        ((Runs) executor).close();
    }

    @Override
    protected String image() {
        return "registry.example.org/demo:1";
    }

    @Override
    protected Job impossible(Job possible) {
        cluster.broken = 403;
        return possible;
    }

    @Override
    protected void forget(Executor executor) {
        cluster.controller.collect();
    }

    @Override
    protected List<String> left() {
        List<HasMetadata> all = new ArrayList<>();
        all.addAll(cluster.admin
                .batch()
                .v1()
                .jobs()
                .inNamespace(TestCluster.NAMESPACE)
                .list()
                .getItems());
        all.addAll(
                cluster.admin.pods().inNamespace(TestCluster.NAMESPACE).list().getItems());
        all.addAll(cluster.admin
                .secrets()
                .inNamespace(TestCluster.NAMESPACE)
                .list()
                .getItems());
        return all.stream()
                .map(each -> each.getKind() + " " + each.getMetadata().getName())
                .toList();
    }

    @Override
    protected Set<String> added() {
        return Set.of("PATH");
    }

    @Override
    protected boolean lasts(Thread thread) {
        // The cluster's own, and those of the HTTP client and its library, which end by themselves.
        return !thread.getName().startsWith("latchkey-");
    }
}
