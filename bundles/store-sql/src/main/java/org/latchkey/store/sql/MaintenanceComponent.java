package org.latchkey.store.sql;

import java.sql.SQLException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the task that the launcher started the framework for, if it did so for one, and tells the outcome as a
 * {@link Condition} {@code latchkey.task.done}: its property {@code report} is for the operator's eyes, {@code done}
 * says whether it was.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "latchkey.store")
public final class MaintenanceComponent {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceComponent.class);

    private static final long DRIVER_MILLIS = 10_000;
    private static final long LOOK_MILLIS = 50;

    private final BundleContext context;
    private final StoreComponent.Config config;
    private final List<DataSourceFactory> drivers = new CopyOnWriteArrayList<>();
    private final Thread worker = new Thread(this::run, "latchkey-task");

    @Activate
    public MaintenanceComponent(BundleContext context, StoreComponent.Config config) {
        this.context = context;
        this.config = config;
        if (context.getProperty(Maintenance.TASK) != null) {
            worker.setDaemon(true);
            worker.start();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDriver(DataSourceFactory driver) {
        drivers.add(driver);
    }

    void removeDriver(DataSourceFactory driver) {
        drivers.remove(driver);
    }

    @Deactivate
    public void close() {
        worker.interrupt();
    }

    private void run() {
        try {
            Settings settings = Settings.of(context::getProperty, config);
            tell(new Maintenance(context::getProperty, settings, this::driver).run(), true);
        } catch (TaskRefused refused) {
            tell(List.of(refused.getMessage()), false);
        } catch (SQLException | RuntimeException failed) {
            // A driver is somebody else's code: whatever it throws, the launcher waits for a word.
            LOG.atError().setCause(failed).log("the task failed");
            tell(List.of("a database refused: " + Fault.words(failed)), false);
        }
    }

    private void tell(List<String> report, boolean done) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(
                Condition.CONDITION_ID, "latchkey.task.done", "report", String.join("\n", report), "done", done));
        context.registerService(Condition.class, Condition.INSTANCE, properties);
    }

    /** Drivers are bundles that start beside this one. */
    private DataSourceFactory driver(String url) throws SQLException, TaskRefused {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRIVER_MILLIS);
        do {
            for (DataSourceFactory driver : drivers) {
                if (driver.createDriver(null).acceptsURL(url)) {
                    return driver;
                }
            }
        } while (System.nanoTime() < end && pause());
        throw new TaskRefused("there is no driver for this database");
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
