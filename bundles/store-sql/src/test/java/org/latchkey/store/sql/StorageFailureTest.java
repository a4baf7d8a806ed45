package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** Attack S-04: storage that is slow, down, read-only or full is unavailable, and never empty. */
public class StorageFailureTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @After
    public void recover() {
        SickDisk.health = SickDisk.Health.WELL;
    }

    private Database onSickDisk() throws SQLException {
        SickDisk.register();
        Path data = folder.getRoot().toPath();
        Map<String, String> properties = new HashMap<>();
        properties.put("latchkey.db.url", EmbeddedUrl.in(data.resolve("store")).replace("retry:", "sick:retry:"));
        return Database.open(EmbeddedDatabase.DRIVER, Settings.of(properties::get, EmbeddedDatabase.config()));
    }

    private static Write put(String key) {
        return new Write.Put(new Item("kind", key, 0, "body", List.of(new Item.Index("field", "value", false))));
    }

    private static void refuses(ThrowingCallable call) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(call).satisfies(refusal -> assertThat(refusal.kind())
                .isEqualTo(Refusal.Kind.UNAVAILABLE));
    }

    private static boolean isWell(Database database) {
        try {
            return database.answers();
        } catch (SQLException unreachable) {
            return false;
        }
    }

    private interface Attempt {
        void make() throws Exception;
    }

    /** Until it is not refused as unavailable any more. */
    private static void becomesPossible(Attempt attempt) throws Exception {
        for (int i = 0; i < 200; i++) {
            try {
                attempt.make();
                return;
            } catch (Refusal notYet) {
                assertThat(notYet.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
                Thread.sleep(50);
            }
        }
        attempt.make();
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = PostgresServer.DRIVER
                        .createDataSource(PostgresServer.settings(url).forDriver())
                        .getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    public void aFullDiskRefusesChangesUntilThereIsSpaceAndLosesNothing() throws Exception {
        try (Database database = onSickDisk()) {
            Store store = new SqlStore(database);
            store.commit(List.of(put("before")));
            SickDisk.health = SickDisk.Health.FULL;
            refuses(() -> {
                for (int i = 0; i < 50; i++) {
                    store.commit(List.of(put("during" + i)));
                }
            });
            assertThat(isWell(database)).isFalse();
            SickDisk.health = SickDisk.Health.WELL;
            becomesPossible(() -> store.commit(List.of(put("after"))));
            assertThat(isWell(database)).isTrue();
            assertThat(store.get("kind", "before")).isPresent();
            assertThat(store.find("kind", "field", "value", "", 99))
                    .extracting(Item::key)
                    .contains("after", "before");
        }
    }

    @Test
    public void aSlowDiskRefusesChangesInTimeAndReadsGoOn() throws Exception {
        try (Database database = onSickDisk();
                PatientStore store = new PatientStore(new ReadCache(new SqlStore(database)), database, 2)) {
            store.commit(List.of(put("before")));
            SickDisk.health = SickDisk.Health.SLOW;
            for (int i = 0; i < 3; i++) {
                String key = "during" + i;
                refuses(() -> store.commit(List.of(put(key))));
            }
            assertThat(store.get("kind", "before")).isPresent();
            SickDisk.health = SickDisk.Health.WELL;
            becomesPossible(() -> store.commit(List.of(put("after"))));
            assertThat(isWell(database)).isTrue();
            assertThat(store.get("kind", "after")).isPresent();
        }
    }

    @Test
    public void aServerThatWasTurnedReadOnlyIsReadOnAndUnwell() throws Exception {
        String url = PostgresServer.newDatabase();
        try (Database database = PostgresServer.open(url)) {
            Store store = new SqlStore(database);
            store.commit(List.of(put("before")));
            assertThat(isWell(database)).isTrue();
            String name = url.replaceFirst(".*/([^?]+).*", "$1");
            execute(url, "ALTER DATABASE " + name + " SET default_transaction_read_only = on");
            terminateAll(url, name);
            becomesPossible(() -> store.get("kind", "before"));
            refuses(() -> store.commit(List.of(put("during"))));
            assertThat(store.get("kind", "before")).isPresent();
            assertThat(store.find("kind", "field", "value", "", 9)).hasSize(1);
            assertThat(isWell(database)).isFalse();
            execute(PostgresServer.newDatabase(), "ALTER DATABASE " + name + " RESET default_transaction_read_only");
            terminateAll(url, name);
            becomesPossible(() -> store.commit(List.of(put("after"))));
            assertThat(isWell(database)).isTrue();
        }
    }

    @Test
    public void connectionsThatWereCutAreReplaced() throws Exception {
        String url = PostgresServer.newDatabase();
        try (Database database = PostgresServer.open(url)) {
            Store store = new SqlStore(database);
            store.commit(List.of(put("before")));
            terminateAll(url, url.replaceFirst(".*/([^?]+).*", "$1"));
            becomesPossible(() -> assertThat(store.get("kind", "before")).isPresent());
            store.commit(List.of(put("after")));
        }
    }

    @Test
    public void aStatementThatTakesTooLongIsUnavailable() throws Exception {
        String url = PostgresServer.newDatabase();
        try (Database database = PostgresServer.open(url);
                Connection other = database.connection()) {
            Store store = new SqlStore(database);
            store.commit(List.of(put("key")));
            other.setAutoCommit(false);
            try (Statement lock = other.createStatement()) {
                lock.execute("LOCK TABLE item IN ACCESS EXCLUSIVE MODE");
            }
            refuses(() -> store.get("kind", "key"));
            refuses(() -> store.commit(List.of(put("other"))));
            other.rollback();
            becomesPossible(() -> store.commit(List.of(put("other"))));
        }
    }

    @Test
    public void aRightThatIsMissingIsAnOutageAndNoFault() {
        assertThat(Fault.asRefusal(new SQLException("permission denied", "42501")))
                .isInstanceOf(Refusal.class);
    }

    private static void terminateAll(String url, String name) throws SQLException {
        execute(
                url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name
                        + "' AND pid <> pg_backend_pid()");
    }
}
