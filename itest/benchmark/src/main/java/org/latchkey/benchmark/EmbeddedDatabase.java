package org.latchkey.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/** A PostgreSQL of its own, in a directory, on a port, until its input ends. */
public final class EmbeddedDatabase {

    private EmbeddedDatabase() {}

    /** Takes the port and the directory. */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPort(Integer.parseInt(arguments[0]))
                .setDataDirectory(Path.of(arguments[1]))
                .start()) {
            System.out.println("ready at " + server.getPort());
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
