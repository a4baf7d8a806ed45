package org.latchkey.store.sql;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.h2.util.OsgiDataSourceFactory;
import org.latchkey.store.sql.StoreComponent.Config;
import org.osgi.service.jdbc.DataSourceFactory;

/** The default database in a folder, made as the bundle makes it. */
final class EmbeddedDatabase {

    static final DataSourceFactory DRIVER = new OsgiDataSourceFactory(new org.h2.Driver());

    private EmbeddedDatabase() {}

    static Settings settings(Path data) {
        return Settings.of(properties(data)::get, config());
    }

    static Database open(Path data) throws SQLException {
        return Database.open(DRIVER, settings(data));
    }

    /** With another time until space is used again, and everything else as it is by default. */
    static Database open(Path data, long retentionMillis) throws SQLException {
        Map<String, String> properties = properties(data);
        String url = EmbeddedUrl.in(EmbeddedUrl.folder(data.toString()));
        properties.put("latchkey.db.url", url + ";RETENTION_TIME=" + retentionMillis);
        return Database.open(DRIVER, Settings.of(properties::get, config()));
    }

    static Map<String, String> properties(Path data) {
        return new HashMap<>(Map.of("latchkey.data", data.toString()));
    }

    static Config config() {
        return config("", "", "");
    }

    static Config config(String url, String user, String password) {
        return new Config() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public String user() {
                return user;
            }

            @Override
            public String _password() {
                return password;
            }

            @Override
            public int connections() {
                return 10;
            }

            @Override
            public long patienceMillis() {
                return Duration.ofSeconds(5).toMillis();
            }

            @Override
            public boolean readOnly() {
                return false;
            }

            @Override
            public Class<Config> annotationType() {
                return Config.class;
            }
        };
    }
}
