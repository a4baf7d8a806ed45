package org.latchkey.itest.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A PostgreSQL of its own on a free port, which a test may halt, stop and start as it likes. */
public final class Postgres extends ExternalResource {

    private final TemporaryFolder folder = new TemporaryFolder();
    private final int port = Ports.free();
    private EmbeddedPostgres server;

    @Override
    protected void before() throws IOException {
        folder.create();
        start();
    }

    @Override
    protected void after() {
        stop();
        folder.delete();
    }

    /** What the server of Latchkey is to be told. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Starts it on the data it had, and waits until it answers. */
    public void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data())
                    .setCleanDataDirectory(false)
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public void stop() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops time for all its processes: connections stay, and nothing answers. */
    public void halt() {
        signal("-STOP");
    }

    /** Lets it go on after {@link #halt()}. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            long postmaster = Long.parseLong(
                    Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip());
            ProcessHandle main = ProcessHandle.of(postmaster).orElseThrow();
            for (ProcessHandle each :
                    Stream.concat(Stream.of(main), main.descendants()).toList()) {
                Server.run(new ProcessBuilder("kill", signal, Long.toString(each.pid())), "");
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private Path data() {
        return folder.getRoot().toPath().resolve("data");
    }

    /** Runs these statements in one session, one after the other. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement session = connection.createStatement()) {
            for (String statement : statements) {
                session.execute(statement);
            }
        }
    }
}
