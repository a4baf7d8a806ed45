package org.latchkey.store.sql;

import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.latchkey.api.store.Store;
import org.latchkey.testkit.StoreContract;

public class PostgresStoreTest extends StoreContract {

    private static Database database;

    @BeforeClass
    public static void open() throws Exception {
        database = PostgresServer.open(PostgresServer.newDatabase());
    }

    @AfterClass
    public static void close() {
        database.close();
    }

    @Override
    protected Store store() {
        return new SqlStore(database);
    }
}
