package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.osgi.service.jdbc.DataSourceFactory;

/** The commands copy and migrate (row 81), from the embedded database to PostgreSQL and back. */
public class MaintenanceTest {

    /** Some more than are copied at once. */
    private static final int ITEMS = 1203;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path data;
    private String postgres;

    @Before
    public void fill() throws Exception {
        data = folder.getRoot().toPath();
        postgres = PostgresServer.newDatabase();
        try (Database embedded = EmbeddedDatabase.open(data)) {
            Store store = new SqlStore(embedded);
            List<Write> writes = new ArrayList<>();
            for (int i = 0; i < ITEMS; i++) {
                writes.add(
                        new Write.Put(new Item("kind" + i % 3, "\uD83D\uDE00" + i, 0, "body \u00e9 " + i, indexes(i))));
            }
            store.commit(writes);
            Item changed = store.get("kind0", "\uD83D\uDE000").orElseThrow();
            store.commit(List.of(
                    new Write.Put(new Item("kind0", changed.key(), 1, "changed", indexes(0))),
                    new Write.Put(new Item("bare", "key", 0, "", List.of()))));
        }
    }

    private static List<Item.Index> indexes(int i) {
        return List.of(
                new Item.Index("number", "n" + i, true),
                new Item.Index("group", "g" + i % 7, false),
                new Item.Index("empty", "", false));
    }

    private static DataSourceFactory driver(String url) {
        return EmbeddedUrl.is(url) ? EmbeddedDatabase.DRIVER : PostgresServer.DRIVER;
    }

    private List<String> run(String task, Map<String, String> options) throws SQLException, TaskRefused {
        Map<String, String> properties = new HashMap<>();
        properties.put(Maintenance.TASK, task);
        options.forEach((name, value) -> properties.put(Maintenance.TASK + name, value));
        return new Maintenance(properties::get, EmbeddedDatabase.settings(data), MaintenanceTest::driver).run();
    }

    private List<String> copy(String... options) throws SQLException, TaskRefused {
        Map<String, String> all = new HashMap<>(Map.of(".to.url", postgres, ".dry", "false"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return run("copy", all);
    }

    private static DataSource source(Settings settings) throws SQLException {
        return driver(settings.url()).createDataSource(settings.forDriver());
    }

    private static void execute(Settings settings, String sql) throws SQLException {
        try (Connection connection = source(settings).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void refuses(String because, String... options) {
        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> copy(options))
                .withMessageContaining(because);
    }

    @Test
    public void aCopyKeepsVersionsBodiesAndIndexEntries() throws Exception {
        assertThat(copy())
                .contains("  kind0: 401 items, 1203 index entries", "  bare: 1 items, 0 index entries")
                .last()
                .asString()
                .startsWith("Copied and compared");
        try (Database copied = PostgresServer.open(postgres)) {
            Store store = new SqlStore(copied);
            assertThat(store.get("kind0", "\uD83D\uDE000"))
                    .contains(new Item("kind0", "\uD83D\uDE000", 2, "changed", List.of()));
            assertThat(store.list("kind1", "", "", 9999)).hasSize(401);
            assertThat(store.find("kind2", "number", "n5", "", 2)).hasSize(1);
            assertThat(store.find("kind2", "empty", "", "", 9999)).hasSize(401);
            assertThatExceptionOfType(Store.Conflict.class)
                    .isThrownBy(() -> store.commit(List.of(new Write.Put(
                            new Item("kind2", "new", 0, "", List.of(new Item.Index("number", "n5", true)))))));
            store.commit(List.of(new Write.Delete("kind2", "\uD83D\uDE005", 1)));
            assertThat(store.find("kind2", "number", "n5", "", 2)).isEmpty();
        }
    }

    @Test
    public void andTheWayBackGivesTheSame() throws Exception {
        copy();
        Path other = folder.newFolder().toPath();
        String back = EmbeddedUrl.in(other);
        copy(".from.url", postgres, ".to.url", back);
        Settings there = EmbeddedDatabase.settings(data).elsewhere(back, "", "");
        try (Connection original = source(EmbeddedDatabase.settings(data)).getConnection();
                Connection copied = source(there).getConnection()) {
            assertThat(Tally.of(original).differences(Tally.of(copied))).isEmpty();
        }
        execute(there, "UPDATE item_entry SET entry = X'00' WHERE entry = X'6731' AND kind = 'kind1'");
        try (Connection original = source(EmbeddedDatabase.settings(data)).getConnection();
                Connection copied = source(there).getConnection()) {
            assertThat(Tally.of(original).differences(Tally.of(copied))).containsExactly("kind1 (shared: 802 and 802)");
        }
    }

    @Test
    public void aDryRunChangesNothing() throws Exception {
        assertThat(copy(".dry", "true"))
                .contains("  kind1: 401 items, 1203 index entries")
                .last()
                .asString()
                .contains("--no-dry-run");
        assertThat(Schema.newestApplied(source(PostgresServer.settings(postgres))))
                .isZero();
    }

    @Test
    public void aTargetThatIsNotEmptyIsRefusedUnlessItMayBeEmptied() throws Exception {
        try (Database target = PostgresServer.open(postgres)) {
            new SqlStore(target).commit(List.of(new Write.Put(new Item("old", "key", 0, "", indexes(1)))));
        }
        refuses("not empty");
        refuses("old: 1 items", ".dry", "true");
        try (Database target = PostgresServer.open(postgres)) {
            assertThat(new SqlStore(target).find("old", "number", "n1", "", 9)).hasSize(1);
        }
        assertThat(copy(".truncate", "true")).contains("  old: 1 items, which are removed");
        try (Database target = PostgresServer.open(postgres)) {
            Store store = new SqlStore(target);
            assertThat(store.get("old", "key")).isEmpty();
            assertThat(store.find("old", "number", "n1", "", 9)).isEmpty();
            assertThat(store.list("kind0", "", "", 9999)).hasSize(401);
        }
    }

    @Test
    public void aCopyThatDiffersIsTakenBack() throws Exception {
        execute(
                EmbeddedDatabase.settings(data),
                "INSERT INTO item_entry VALUES ('kind0', 'group', X'67', X'6e6f626f6479')");
        refuses("kind0 (shared: 803 and 802)");
        try (Database target = PostgresServer.open(postgres)) {
            assertThat(new SqlStore(target).list("kind0", "", "", 1)).isEmpty();
        }
    }

    @Test
    public void whatCannotBeCopiedIsRefused() throws Exception {
        refuses("the same", ".to.url", EmbeddedDatabase.settings(data).url());
        PostgresServer.open(postgres).close();
        execute(PostgresServer.settings(postgres), "INSERT INTO changelog VALUES (99, '', 'from the future')");
        refuses("schema 99");
        refuses("nothing was ever stored", ".from.url", PostgresServer.newDatabase());
    }

    @Test
    public void row130MigrateGoesDownAndUpAndSaysSoBefore() throws Exception {
        assertThat(run("migrate", Map.of(".to", "1")))
                .contains("  down: 2 entries")
                .anyMatch(line -> line.contains("dry run"));
        assertThat(run("migrate", Map.of(".to", "1", ".dry", "false"))).contains("It is at schema 1 now.");
        refuses("schema 1");
        assertThat(run("migrate", Map.of(".dry", "false"))).contains("  up: 2 entries", "It is at schema 2 now.");
        assertThat(run("migrate", Map.of())).contains("There is nothing to do.");
        assertThatExceptionOfType(TaskRefused.class).isThrownBy(() -> run("migrate", Map.of(".to", "3")));
        copy();
    }
}
