package org.latchkey.itest.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.latchkey.itest.server.Ports;
import org.latchkey.itest.server.Server;

/** The applications of {@code src/test/node}, which know the server by openid-client, as a process of their own. */
public final class NodeApplication extends ExternalResource {

    /** Where {@code itest/run.sh} has npm install what they need. */
    private static final Path INSTALLED = Path.of("target/node");

    private static final Path SOURCE = Path.of("src/test/node/application.mjs");

    private final int port = Ports.free();
    private Process process;

    /** What is missing of it on this machine, empty if nothing is. */
    public static String missing() {
        boolean runs = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "node"))
                .anyMatch(Files::isExecutable);
        if (!runs) {
            return "Node.js";
        }
        return Files.isDirectory(INSTALLED.resolve("node_modules/openid-client")) ? "" : "openid-client of npm";
    }

    /** Where scripts find these packages. */
    public static Path folder() {
        return INSTALLED;
    }

    public String origin() {
        return "http://127.0.0.1:" + port;
    }

    /** @param environment who the application is, and what it needs to register itself */
    public void start(String issuer, Map<String, String> environment) throws IOException {
        Path script = INSTALLED.resolve(SOURCE.getFileName());
        Files.copy(SOURCE, script, StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder node = new ProcessBuilder("node", script.toString(), Integer.toString(port), issuer);
        node.environment().putAll(environment);
        process = node.redirectErrorStream(true)
                .redirectOutput(INSTALLED.resolve("console.log").toFile())
                .start();
        Server.await(60, () -> listens() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("The application did not start:\n" + log());
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it printed. */
    public String log() {
        try {
            return Files.readString(INSTALLED.resolve("console.log"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    protected void after() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
