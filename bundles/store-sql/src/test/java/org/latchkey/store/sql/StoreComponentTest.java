package org.latchkey.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

public class StoreComponentTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Framework framework;
    private BundleContext context;

    @Before
    public void start() throws Exception {
        start(Map.of());
    }

    private void start(Map<String, String> properties) throws Exception {
        Map<String, String> configuration = new HashMap<>(properties);
        configuration.put(Constants.FRAMEWORK_STORAGE, new File(folder.getRoot(), "cache").getPath());
        configuration.putIfAbsent("latchkey.data", folder.getRoot().getPath());
        framework = new FrameworkFactory().newFramework(configuration);
        framework.start();
        context = framework.getBundleContext();
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private StoreComponent component() {
        return new StoreComponent(context, EmbeddedDatabase.config());
    }

    private boolean isRegistered() {
        return context.getServiceReference(Store.class) != null;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    public void theStoreIsThereWhenItsDatabaseIsOpenAndGoesWithIt() throws Exception {
        StoreComponent component = component();
        assertThat(component.name()).isEqualTo("store");
        assertThat(component.fault()).contains("The database is not open.");
        assertThat(isRegistered()).isFalse();
        component.addDriver(EmbeddedDatabase.DRIVER);
        await(this::isRegistered);
        await(() -> component.fault().isEmpty());
        ServiceReference<Store> reference = context.getServiceReference(Store.class);
        Store store = context.getService(reference);
        store.commit(List.of(new Write.Put(new Item("kind", "key", 0, "body", List.of()))));
        component.close();
        assertThat(isRegistered()).isFalse();
        assertThat(component.fault()).isPresent();
        try (Database again = EmbeddedDatabase.open(folder.getRoot().toPath())) {
            assertThat(new SqlStore(again).get("kind", "key")).isPresent();
        }
    }

    @Test
    public void itComesBackWithItsDriver() throws Exception {
        StoreComponent component = component();
        component.addDriver(EmbeddedDatabase.DRIVER);
        await(this::isRegistered);
        component.removeDriver(EmbeddedDatabase.DRIVER);
        await(() -> !isRegistered()); // it may have been seen in the middle of its coming
        component.addDriver(EmbeddedDatabase.DRIVER);
        await(this::isRegistered);
        component.close();
    }

    @Test
    public void aDriverThatDoesNotKnowTheUrlIsNotUsed() throws Exception {
        stop();
        start(Map.of("latchkey.db.url", "jdbc:postgresql://127.0.0.1:1/none"));
        StoreComponent component = component();
        component.addDriver(EmbeddedDatabase.DRIVER);
        component.close();
        assertThat(isRegistered()).isFalse();
    }

    @Test
    public void aDatabaseThatCannotBeOpenedIsTriedAgain() throws Exception {
        File inTheWay = new File(folder.getRoot(), "store");
        assertThat(inTheWay.createNewFile()).isTrue();
        StoreComponent component = component();
        component.addDriver(EmbeddedDatabase.DRIVER);
        Thread.sleep(500);
        assertThat(isRegistered()).isFalse();
        assertThat(component.fault()).isPresent();
        assertThat(inTheWay.delete()).isTrue();
        await(this::isRegistered);
        component.close();
    }
}
