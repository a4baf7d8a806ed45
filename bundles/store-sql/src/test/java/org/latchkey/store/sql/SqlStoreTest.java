package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.Assume.assumeTrue;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.Refusal;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.testkit.StoreContract;

public class SqlStoreTest extends StoreContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path data;
    private Database database;
    private SqlStore store;

    @Before
    public void open() throws Exception {
        data = folder.getRoot().toPath();
        database = EmbeddedDatabase.open(data);
        store = new SqlStore(database);
    }

    @After
    public void close() {
        database.close();
    }

    @Override
    protected Store store() {
        return store;
    }

    @Test
    public void whatWasStoredIsThereAfterReopening() throws Exception {
        put("kept", 0, "body", new Item.Index("field", "value", false), new Item.Index("number", "1", true));
        put("gone", 0, "body");
        store.commit(List.of(new Write.Delete(kind, "gone", 1)));
        close();
        open();
        assertThat(stored("kept")).isEqualTo(new Item(kind, "kept", 1, "body", List.of()));
        assertThat(store.find(kind, "field", "value", "", 10)).hasSize(1);
        assertThat(store.highest(kind, "number")).contains("1");
        assertThat(store.get(kind, "gone")).isEmpty();
    }

    @Test
    public void closingLeavesNothingLockedAndNoOtherFile() throws Exception {
        put("key", 0, "body");
        close();
        assertThat(data.resolve("store").toFile().list()).containsExactly("latchkey.mv.db");
        try (Database again = EmbeddedDatabase.open(data)) {
            assertThat(again.answers()).isTrue();
        }
    }

    @Test
    public void aClosedDatabaseIsUnavailableAndNotEmpty() throws Exception {
        put("key", 0, "body");
        close();
        assertUnavailable(() -> store.get(kind, "key"));
        assertUnavailable(() -> store.list(kind, "", "", 1));
        assertUnavailable(() -> store.find(kind, "field", "value", "", 1));
        assertUnavailable(() -> store.highest(kind, "field"));
        assertUnavailable(() -> store.commit(List.of(new Write.Delete(kind, "key", 1))));
    }

    @Test
    public void aTransactionThatNeverEndsBlocksNoReaderAndNoWriterForever() throws Exception {
        put("key", 0, "body");
        try (Connection other = database.connection()) {
            other.setAutoCommit(false);
            ItemTable.apply(other, List.of(Step.of(item("key", 1, "of the other"))), java.util.Map.of());
            assertThat(stored("key").body()).isEqualTo("body");
            assertUnavailable(() -> put("key", 1, "mine"));
            other.rollback();
        }
        put("key", 1, "mine");
    }

    @Test
    public void onlyTheOwnerMayLookIntoTheFolder() throws Exception {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        assertThat(Files.getPosixFilePermissions(data.resolve("store")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    public void aBrokenStatementIsAFaultAndNotAnOutage() throws Exception {
        try (Connection connection = database.connection();
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE item_entry");
        }
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> store.highest(kind, "field"));
    }

    private static void assertUnavailable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(call).satisfies(refusal -> {
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
            assertThat(refusal.code()).isEqualTo("store-unavailable");
        });
    }
}
