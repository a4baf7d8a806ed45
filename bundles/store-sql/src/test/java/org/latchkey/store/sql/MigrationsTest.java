package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class MigrationsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private DataSource database;
    private Connection keepsItOpen;

    @Before
    public void empty() throws Exception {
        Path data = folder.getRoot().toPath();
        database = EmbeddedDatabase.DRIVER.createDataSource(
                EmbeddedDatabase.settings(data).forDriver());
        keepsItOpen = database.getConnection();
    }

    @After
    public void close() throws Exception {
        keepsItOpen.close();
    }

    private Set<String> tables() throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet rows = keepsItOpen.getMetaData().getTables(null, "PUBLIC", "%", null)) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = keepsItOpen.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    public void upAndDownAndUp() throws Exception {
        assertThat(Schema.newestApplied(database)).isZero();
        new Migrations(database).up();
        assertThat(tables()).containsExactly("CHANGELOG", "ITEM", "ITEM_INDEX");
        assertThat(Schema.newestApplied(database)).isEqualTo(Script.NEWEST);
        new Migrations(database).down(Script.ALL.size());
        assertThat(tables()).isEmpty();
        assertThat(Schema.newestApplied(database)).isZero();
        new Migrations(database).up();
        new Migrations(database).up();
        assertThat(tables()).containsExactly("CHANGELOG", "ITEM", "ITEM_INDEX");
    }

    @Test
    public void aMigrationThatWasCutInTheMiddleIsFinished() throws Exception {
        new Migrations(database).up();
        execute("DELETE FROM changelog");
        execute("DROP TABLE item_index");
        Schema.ensure(database);
        assertThat(tables()).containsExactly("CHANGELOG", "ITEM", "ITEM_INDEX");
        assertThat(Schema.newestApplied(database)).isEqualTo(Script.NEWEST);
    }

    @Test
    public void aDatabaseOfANewerVersionIsNotTouched() throws Exception {
        Schema.ensure(database);
        execute("INSERT INTO changelog VALUES (" + (Script.NEWEST + 1) + ", '', 'from the future')");
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> Schema.ensure(database));
    }

    @Test
    public void scriptsAreNumberedInOrderAndThere() {
        assertThat(Script.ALL).extracting(Script::id).isSorted().doesNotHaveDuplicates();
        assertThat(Script.ALL).allSatisfy(script -> assertThat(Script.class.getResource(script.resource()))
                .isNotNull());
    }

    @Test
    public void anUpToDateSchemaNeedsNoMigrationLibrary() throws Exception {
        Schema.ensure(database);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                Reopen.class.getName(),
                folder.getRoot().getPath());
        keepsItOpen.close();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("org.latchkey.store.sql.Schema").doesNotContain("org.apache.ibatis");
    }

    /** Opens and closes the database of a folder. */
    static final class Reopen {

        private Reopen() {}

        public static void main(String[] arguments) throws Exception {
            EmbeddedDatabase.open(Path.of(arguments[0])).close();
        }
    }
}
