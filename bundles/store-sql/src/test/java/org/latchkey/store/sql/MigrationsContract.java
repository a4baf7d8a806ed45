package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** What the scripts do to an empty database, and to one with data in it, on every database there is a dialect for. */
public abstract class MigrationsContract {

    private static final String[] NEWEST_TABLES = {"changelog", "item", "item_entry", "item_unique"};

    private static final String AWKWARD = "u1:\u00e9 \uD83D\uDE00";

    private Dialect dialect;
    private DataSource database;
    private Connection keepsItOpen;

    /** An empty database. */
    abstract Settings settings() throws Exception;

    abstract Database open(Settings settings) throws Exception;

    abstract DataSource source(Settings settings) throws SQLException;

    private Settings settings;

    @Before
    public void empty() throws Exception {
        settings = settings();
        dialect = Dialect.of(settings.url());
        database = source(settings);
        keepsItOpen = database.getConnection();
    }

    @After
    public void close() throws Exception {
        keepsItOpen.close();
    }

    private Set<String> tables() throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet rows = keepsItOpen
                .getMetaData()
                .getTables(
                        null, dialect == Dialect.H2 ? "PUBLIC" : "public", "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return tables;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = keepsItOpen.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows of a query, each as one text. */
    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = keepsItOpen.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                StringBuilder text = new StringBuilder();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    Object value = row.getObject(i);
                    text.append(value instanceof byte[] bytes ? Utf8.text(bytes) : value)
                            .append('|');
                }
                rows.add(text.toString());
            }
        }
        return rows;
    }

    private void first() throws SQLException {
        new Migrations(database, dialect).up();
        new Migrations(database, dialect).down(Script.ALL.size() - 1);
        assertThat(tables()).containsExactly("changelog", "item", "item_index");
    }

    /** As version 1 of the schema kept them. */
    private void insert(String key, Item.Index... indexes) throws SQLException {
        execute("INSERT INTO item (kind, item_key, version, body) VALUES ('k', '" + key + "', 3, 'body of " + key
                + "')");
        for (Item.Index index : indexes) {
            try (PreparedStatement insert = keepsItOpen.prepareStatement(
                    "INSERT INTO item_index (kind, field, entry, item_key, taken) VALUES ('k', ?, ?, ?, ?)")) {
                insert.setString(1, index.field());
                insert.setBytes(2, Utf8.of(index.value()));
                insert.setBytes(3, Utf8.of(key));
                insert.setBytes(4, index.unique() ? Utf8.of(index.value()) : null);
                insert.executeUpdate();
            }
        }
    }

    private void insertItems() throws SQLException {
        insert("a", new Item.Index("f" + AWKWARD, AWKWARD, false), new Item.Index("number", "1", true));
        insert("b", new Item.Index("group", "", false), new Item.Index("group", "g:9", false));
        insert("c");
    }

    private static final String OLD_INDEX =
            "SELECT kind, field, entry, item_key, taken FROM item_index ORDER BY item_key, entry";

    private static final String ITEMS = "SELECT kind, item_key, version, body FROM item ORDER BY item_key";

    @Test
    public void upAndDownAndUp() throws Exception {
        assertThat(Schema.newestApplied(database)).isZero();
        new Migrations(database, dialect).up();
        assertThat(tables()).containsExactly(NEWEST_TABLES);
        assertThat(Schema.newestApplied(database)).isEqualTo(Script.NEWEST);
        new Migrations(database, dialect).down(Script.ALL.size());
        assertThat(tables()).isEmpty();
        assertThat(Schema.newestApplied(database)).isZero();
        new Migrations(database, dialect).up();
        new Migrations(database, dialect).up();
        assertThat(tables()).containsExactly(NEWEST_TABLES);
    }

    @Test
    public void whatVersion1StoredIsThereAndCanBeChanged() throws Exception {
        first();
        insertItems();
        try (Database migrated = open(settings)) {
            Store store = new SqlStore(migrated);
            assertThat(store.get("k", "a")).contains(new Item("k", "a", 3, "body of a", List.of()));
            assertThat(store.find("k", "f" + AWKWARD, AWKWARD, "", 9)).hasSize(1);
            assertThat(store.find("k", "group", "", "", 9)).hasSize(1);
            assertThat(store.highest("k", "number")).contains("1");
            assertThatExceptionOfType(Store.Conflict.class)
                    .isThrownBy(() -> store.commit(List.of(
                            new Write.Put(new Item("k", "new", 0, "", List.of(new Item.Index("number", "1", true)))))));
            store.commit(List.of(
                    new Write.Put(new Item("k", "a", 3, "", List.of(new Item.Index("number", "2", true)))),
                    new Write.Delete("k", "b", 3),
                    new Write.Put(new Item("k", "c", 3, "", List.of(new Item.Index("group", "g:9", false))))));
        }
        assertThat(rows("SELECT field, entry, item_key FROM item_entry")).containsExactly("group|g:9|c|");
        assertThat(rows("SELECT field, entry, item_key FROM item_unique")).containsExactly("number|2|a|");
    }

    @Test
    public void downGivesVersion1WhatItHad() throws Exception {
        first();
        insertItems();
        List<String> index = rows(OLD_INDEX);
        List<String> items = rows(ITEMS);
        assertThat(index).hasSize(4);
        new Migrations(database, dialect).up();
        List<String> packed = rows("SELECT entries FROM item ORDER BY item_key");
        assertThat(packed.get(0)).contains("u6:number1:1");
        assertThat(packed.get(2)).isEqualTo("|");
        new Migrations(database, dialect).down(1);
        assertThat(rows(OLD_INDEX)).isEqualTo(index);
        assertThat(rows(ITEMS)).isEqualTo(items);
    }

    @Test
    public void aMigrationThatWasCutInTheMiddleIsFinished() throws Exception {
        first();
        insertItems();
        List<String> index = rows(OLD_INDEX);
        new Migrations(database, dialect).up();
        // Everything was done but noting it, as if the process had died then.
        execute("DELETE FROM changelog WHERE id = 2");
        Schema.ensure(database, dialect);
        assertThat(tables()).containsExactly(NEWEST_TABLES);
        assertThat(rows("SELECT 1 FROM item_entry")).hasSize(3);
        // The same on the way back, and before the old table was taken away.
        new Migrations(database, dialect).down(1);
        execute("CREATE TABLE item_entry AS SELECT kind, field, entry, item_key FROM item_index WHERE taken IS NULL");
        new Migrations(database, dialect).up();
        assertThat(rows("SELECT 1 FROM item_entry")).hasSize(3);
        new Migrations(database, dialect).down(1);
        assertThat(rows(OLD_INDEX)).isEqualTo(index);
    }

    @Test
    public void aDatabaseOfANewerVersionIsNotTouched() throws Exception {
        Schema.ensure(database, dialect);
        execute("INSERT INTO changelog VALUES (" + (Script.NEWEST + 1) + ", '', 'from the future')");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> open(settings).close())
                .withMessageContaining("schema " + (Script.NEWEST + 1));
    }
}
