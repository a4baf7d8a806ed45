package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.ClassRule;
import org.junit.Test;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Server;

/** Row 83: the real process is killed in the middle of writes. */
public class DurabilityIT {

    @ClassRule
    public static final Server server = new Server();

    @Test
    public void killedWhileItWritesItLosesNoAcknowledgedChange() throws Exception {
        List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
        for (int round = 0; round < 3; round++) {
            int before = acknowledged.size();
            Http root = server.root();
            AtomicBoolean killed = new AtomicBoolean();
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                String prefix = "e" + round + "-" + writer + "-";
                Thread thread = new Thread(() -> write(root, prefix, acknowledged, killed));
                thread.start();
                writers.add(thread);
            }
            Server.await(30, () -> acknowledged.size() > before + 300);
            server.kill();
            killed.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            server.start();
        }
        Http root = server.root();
        assertThat(acknowledged).hasSizeGreaterThan(900);
        for (String id : acknowledged) {
            assertThat(root.get("/api/v1/entities/" + id).status()).as(id).isEqualTo(200);
        }
    }

    private static void write(Http root, String prefix, List<String> acknowledged, AtomicBoolean killed) {
        for (int i = 0; i < 100_000 && !killed.get(); i++) {
            String id = prefix + i;
            try {
                if (root.post("/api/v1/entities", Map.of("id", id)).status() == 201) {
                    acknowledged.add(id);
                }
            } catch (UncheckedIOException serverDied) {
                return;
            }
        }
    }
}
