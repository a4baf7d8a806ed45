package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class MigrationsTest extends MigrationsContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    Settings settings() {
        return EmbeddedDatabase.settings(folder.getRoot().toPath());
    }

    @Override
    Database open(Settings settings) throws SQLException {
        return Database.open(EmbeddedDatabase.DRIVER, settings);
    }

    @Override
    DataSource source(Settings settings) throws SQLException {
        return EmbeddedDatabase.DRIVER.createDataSource(settings.forDriver());
    }

    @Test
    public void scriptsAreNumberedInOrderAndThere() {
        assertThat(Script.ALL).extracting(Script::id).isSorted().doesNotHaveDuplicates();
        assertThat(Script.ALL).allSatisfy(script -> assertThat(Script.class.getResource(script.resource()))
                .isNotNull());
    }

    @Test
    public void anUpToDateSchemaNeedsNoMigrationLibrary() throws Exception {
        EmbeddedDatabase.open(folder.getRoot().toPath()).close();
        super.close();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                Reopen.class.getName(),
                folder.getRoot().getPath());
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
