package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latchkey.itest.server.Server.await;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.itest.server.Etc;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.PluginJar;
import org.latchkey.itest.server.Server;

/** Rows 15 and 36: the settings of fail2lock, changed while it runs. */
public class Fail2LockSettingsIT {

    @Rule
    public final Server server = new Server();

    private static final String PLUGIN = "org.latchkey.hook.fail2lock";
    private static final String PID = "latchkey.fail2lock";
    private static final String SECRET = "correct horse battery";

    private Http root;

    @Before
    public void deployFail2Lock() {
        root = server.root();
        server.deploy(Server.shipped(PLUGIN), "fail2lock.jar");
        await(5, () -> root.serves(PLUGIN));
    }

    @Test
    public void row15_allowedFailsChangeForTheNextAttemptWithoutARedeploy() {
        create("ann");
        fail("ann", 3);
        assertThat(enters("ann")).isFalse();
        Etc.configure(server, PID, "allowedFails=I\"5\"");
        await(5, () -> enters("ann"));
        fail("ann", 4);
        assertThat(enters("ann")).isTrue();
        fail("ann", 5);
        assertThat(enters("ann")).isFalse();
    }

    @Test
    public void row15_fewerAllowedFailsHoldForFailuresThatWereCounted() {
        create("ben");
        fail("ben", 2);
        Etc.configure(server, PID, "allowedFails=I\"2\"");
        create("gauge");
        await(5, () -> {
            fail("gauge", 2);
            return !enters("gauge");
        });
        assertThat(enters("ben")).isFalse();
    }

    @Test
    public void row36_theRightSecretIsRefusedUntilTheIntervalHasPassed() {
        configureThreeSeconds();
        create("cleo");
        long start = System.nanoTime();
        fail("cleo", 3);
        assertThat(enters("cleo")).isFalse();
        await(10, () -> enters("cleo"));
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.SECONDS.toNanos(3));
    }

    @Test
    public void row36_refusedAttemptsDoNotProlongTheWait() {
        configureThreeSeconds();
        create("dora");
        fail("dora", 3);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (System.nanoTime() < end) {
            assertThat(enters("dora")).isFalse();
        }
        assertThat(await(10, () -> enters("dora"))).isLessThan(2000);
    }

    @Test
    public void newSettingsOpenNoGap() {
        Supplier<Integer> accepted = acceptedMeanwhile();
        for (int change = 0; change < 4; change++) {
            Etc.configure(server, PID, "intervalSeconds=I\"" + (1000 + change) + "\"");
            pause(2);
        }
        assertThat(accepted.get()).as("accepted in spite of three failures").isZero();
    }

    @Test
    public void aNewVersionOpensNoGap() {
        Supplier<Integer> accepted = acceptedMeanwhile();
        for (int change = 0; change < 4; change++) {
            server.deploy(PluginJar.reversioned(Server.shipped(PLUGIN), "0.2." + change), "fail2lock.jar");
            pause(2);
        }
        assertThat(root.get("/api/v1/plugins/" + PLUGIN).body()).contains("0.2.3");
        assertThat(accepted.get()).as("accepted in spite of three failures").isZero();
    }

    /** Tries the right secret of a locked entity until it is asked how often that was accepted. */
    private Supplier<Integer> acceptedMeanwhile() {
        create("eve");
        fail("eve", 3);
        assertThat(enters("eve")).isFalse();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> accepted = CompletableFuture.supplyAsync(() -> {
            int times = 0;
            for (int tries = 0; tries < 100_000 && !over.get(); tries++) {
                times += enters("eve") ? 1 : 0;
            }
            return times;
        });
        return () -> {
            over.set(true);
            return accepted.join();
        };
    }

    private static void pause(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the setting holds: then somebody gets in who by the default would wait. */
    private void configureThreeSeconds() {
        create("gauge");
        fail("gauge", 3);
        assertThat(enters("gauge")).isFalse();
        Etc.configure(server, PID, "intervalSeconds=I\"3\"");
        await(10, () -> enters("gauge"));
    }

    private void create(String id) {
        assertThat(root.post("/api/v1/entities", Map.of("id", id, "secret", SECRET))
                        .status())
                .as(id)
                .isEqualTo(201);
    }

    private void fail(String id, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(server.http().check(id, "wrong")).isFalse();
        }
    }

    private boolean enters(String id) {
        return server.http().check(id, SECRET);
    }
}
