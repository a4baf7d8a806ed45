package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** Kills a process that writes, at some moment, and looks for what it had been told is stored (attacks S-01). */
public class DurabilityTest {

    private static final int KILLS = 3;

    /** So short that the space of old pages is used again before the kill, as in a server that has run for long. */
    private static final long RETENTION_MILLIS = 200;

    /** Some hundreds of keys, which take longer than that. */
    private static final long OUTPUT_BYTES = 3000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void killNineLosesNoAcknowledgedWrite() throws Exception {
        Path data = folder.getRoot().toPath();
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < KILLS; round++) {
            int before = acknowledged.size();
            acknowledged.addAll(writeUntilKilled(data, round));
            assertThat(acknowledged.size() - before)
                    .as("writes before the kill")
                    .isGreaterThan(100);
            try (Database database = EmbeddedDatabase.open(data, RETENTION_MILLIS)) {
                Store store = new SqlStore(database);
                assertThat(acknowledged)
                        .allSatisfy(key -> assertThat(store.get("killed", key)).isPresent());
                assertThat(store.find("killed", "even", "true", "", Integer.MAX_VALUE))
                        .hasSizeGreaterThanOrEqualTo(acknowledged.size() / 3);
            }
        }
    }

    /** What a writer acknowledged before it was killed; a line that the kill cut short does not count. */
    private Set<String> writeUntilKilled(Path data, int round) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                data.toString(),
                String.valueOf(round));
        Path output = folder.newFile().toPath();
        Process writer = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            for (int i = 0; i < 3000 && Files.size(output) < OUTPUT_BYTES; i++) {
                Thread.sleep(10);
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return Files.readString(output)
                .lines()
                .filter(line -> line.endsWith("."))
                .collect(Collectors.toSet());
    }

    /** Creates and changes items on two threads for as long as it lives; prints the key of each once it is stored. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            Store store = new SqlStore(EmbeddedDatabase.open(Path.of(arguments[0]), RETENTION_MILLIS));
            for (String thread : List.of("a", "b")) {
                new Thread(() -> write(store, arguments[1] + thread)).start();
            }
        }

        private static void write(Store store, String prefix) {
            try {
                for (int i = 0; ; i++) {
                    String key = prefix + i + ".";
                    Item.Index even = new Item.Index("even", String.valueOf(i % 2 == 0), false);
                    store.commit(List.of(new Write.Put(new Item("killed", key, 0, "{}", List.of(even)))));
                    System.out.println(key);
                    String earlier = prefix + i / 2 + ".";
                    Item seen = store.get("killed", earlier).orElseThrow();
                    store.commit(List.of(new Write.Put(new Item(
                            "killed",
                            earlier,
                            seen.version(),
                            "x".repeat(i % 700),
                            List.of(new Item.Index("even", String.valueOf(i / 2 % 2 == 0), false))))));
                }
            } catch (Store.Conflict conflict) {
                throw new IllegalStateException(conflict);
            }
        }
    }
}
