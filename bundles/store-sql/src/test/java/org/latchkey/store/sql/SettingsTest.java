package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.Test;
import org.osgi.service.jdbc.DataSourceFactory;

public class SettingsTest {

    private static final Path DATA = Path.of("/var/lib/latchkey");

    @Test
    public void withoutConfigurationTheDatabaseIsEmbeddedAndForgetsNothing() {
        Settings settings = EmbeddedDatabase.settings(DATA);
        assertThat(settings.url())
                .startsWith("jdbc:h2:retry:file:/var/lib/latchkey/store/latchkey;")
                .contains(";WRITE_DELAY=0", ";DB_CLOSE_ON_EXIT=FALSE");
        assertThat(settings.user()).isEqualTo("sa");
    }

    @Test
    public void theEnvironmentWinsOverTheConfiguration() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "latchkey.db.url", "jdbc:postgresql://db/latchkey",
                "latchkey.db.user", "eve",
                "latchkey.db.password", "one"));
        var config = EmbeddedDatabase.config("jdbc:postgresql://other/latchkey", "configured", "two");
        Settings settings = Settings.of(environment::get, config);
        assertThat(settings.url()).startsWith("jdbc:postgresql://db/latchkey?");
        assertThat(settings.forDriver())
                .containsEntry(DataSourceFactory.JDBC_USER, "eve")
                .containsEntry(DataSourceFactory.JDBC_PASSWORD, "one");
        environment.put("latchkey.db.user", "");
        environment.remove("latchkey.db.password");
        assertThat(Settings.of(environment::get, config).forDriver())
                .containsEntry(DataSourceFactory.JDBC_USER, "configured")
                .containsEntry(DataSourceFactory.JDBC_PASSWORD, "two");
    }

    @Test
    public void whatAnOperatorWroteIntoAnH2UrlStays() {
        assertThat(EmbeddedUrl.complete("jdbc:h2:/data/x;write_delay=10;RETENTION_TIME=45000"))
                .startsWith("jdbc:h2:/data/x;write_delay=10;RETENTION_TIME=45000;")
                .doesNotContain("WRITE_DELAY")
                .contains(";DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    public void whatAnOperatorWroteIntoAPostgresUrlStays() {
        String url = ServerUrl.complete("jdbc:postgresql://db/x?socketTimeout=60", Duration.ofMillis(2500));
        assertThat(url)
                .startsWith("jdbc:postgresql://db/x?socketTimeout=60&")
                .contains("&connectTimeout=3", "&reWriteBatchedInserts=true")
                .doesNotContain("socketTimeout=3");
        assertThat(ServerUrl.unhurried(url)).contains("socketTimeout=0&").doesNotContain("socketTimeout=60");
    }

    @Test
    public void anotherDatabaseIsRefused() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> Dialect.of("jdbc:mysql://db/x"))
                .withMessageContaining("jdbc:postgresql:");
    }

    @Test
    public void aPasswordIsNotPrinted() {
        Settings settings = Settings.of(
                Map.of("latchkey.db.url", "jdbc:x://db?password=one")::get, EmbeddedDatabase.config("", "eve", "two"));
        assertThat(settings.toString()).doesNotContain("one", "two");
    }
}
