package org.latchkey.store.sql;

import java.sql.SQLException;
import javax.sql.DataSource;

public class PostgresMigrationsTest extends MigrationsContract {

    @Override
    Settings settings() throws SQLException {
        return PostgresServer.settings(PostgresServer.newDatabase());
    }

    @Override
    Database open(Settings settings) throws SQLException {
        return Database.open(PostgresServer.DRIVER, settings);
    }

    @Override
    DataSource source(Settings settings) throws SQLException {
        return PostgresServer.DRIVER.createDataSource(settings.forDriver());
    }
}
