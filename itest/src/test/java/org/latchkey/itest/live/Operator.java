package org.latchkey.itest.live;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.latchkey.itest.server.Http;
import org.latchkey.itest.server.Rejected;
import org.latchkey.itest.server.Server;

/**
 * Replaces one plugin again and again, in the ways there are: over the file that serves, or as a new file beside it
 * that the old one makes room for; some only after the one before is beyond its probation, some sooner.
 */
public final class Operator {

    private static final int PATIENCE_SECONDS = 15;

    private final Server server;
    private final Http root;
    private final Rejected rejected;
    private final Chameleon plugin;
    private final List<Replacement> done = new ArrayList<>();
    private String file = "";
    private String version = "";

    public Operator(Server server, Chameleon plugin) {
        this.server = server;
        this.root = server.root();
        this.rejected = new Rejected(server);
        this.plugin = plugin;
    }

    /** Deploys the first revision and waits until it has served its probation. */
    public void begin() {
        replace(Manner.GOOD, plugin.symbolicName() + ".jar");
        awaitProven();
    }

    /** Overwrites the file that serves. */
    public void overwrite(Manner manner) {
        replace(manner, file);
    }

    /** Puts a higher version beside the file that serves, which goes when the new one serves. */
    public void supersede(Manner manner) {
        String old = file;
        replace(manner, plugin.symbolicName() + "-" + done.size() + ".jar");
        if (!file.equals(old)) {
            server.undeploy(server.deploy().resolve(old));
        }
    }

    /** Waits until what serves now is no longer on probation. */
    public void awaitProven() {
        await(() -> root.isProven(plugin.symbolicName()), "still on probation: " + version);
    }

    public List<Replacement> done() {
        return List.copyOf(done);
    }

    private void replace(Manner manner, String target) {
        int number = done.size();
        String tag = plugin.symbolicName() + "-r" + number;
        String next = "1.0." + number;
        Path jar = plugin.jar(next, tag, manner);
        String before = version;
        long dropped = System.nanoTime();
        server.deploy(jar, target);
        String reason = "";
        if (manner == Manner.GOOD) {
            await(() -> serves(next), next + " does not serve");
            file = target;
            version = next;
        } else {
            await(() -> rejected.has(target), manner + " is not rejected");
            await(() -> isBack(before), before + " does not serve again after " + manner);
            reason = rejected.reason(target, 1);
        }
        done.add(new Replacement(plugin.symbolicName(), number, tag, manner, dropped, System.nanoTime(), reason));
    }

    private boolean serves(String wanted) {
        return root.version(plugin.symbolicName()).equals(wanted) && root.serves(plugin.symbolicName());
    }

    private boolean isBack(String good) {
        return Files.exists(server.deploy().resolve(file))
                && root.version(plugin.symbolicName()).equals(good)
                && root.isProven(plugin.symbolicName());
    }

    /** Looks less often than others do: two operators must not be most of the load. */
    private void await(BooleanSupplier condition, String otherwise) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(otherwise + "; the server says "
                        + root.get("/api/v1/plugins").body());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }
}
