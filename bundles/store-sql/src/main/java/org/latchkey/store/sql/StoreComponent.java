package org.latchkey.store.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.latchkey.api.extension.HealthCheck;
import org.latchkey.api.store.Store;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Opens the database when there is a driver for its URL, and registers the {@link Store} once it is open and
 * migrated; so whoever has a store has one that has worked. Says as a health check how it is. Stands aside while the
 * framework was started for a {@link Maintenance} task.
 */
@Component(service = HealthCheck.class, immediate = true, configurationPid = "latchkey.store")
@Designate(ocd = StoreComponent.Config.class)
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>='org.latchkey.api.store.Store'")
public final class StoreComponent implements HealthCheck {

    /** Which database the store is in. */
    @ObjectClassDefinition(name = "Latchkey store", description = "Which database the store is in.")
    public @interface Config {

        @AttributeDefinition(description = "JDBC URL; empty for the embedded database.")
        String url() default "";

        @AttributeDefinition(description = "User of the database.")
        String user() default "";

        @AttributeDefinition(type = AttributeType.PASSWORD, description = "Password of that user.")
        String _password() default "";

        @AttributeDefinition(min = "1", max = "1000", description = "Size of the connection pool.")
        int connections() default 10;

        @AttributeDefinition(
                min = "250",
                description = "Longest wait for a connection, and for an answer, in milliseconds.")
        long patienceMillis() default 5000;

        @AttributeDefinition(description = "Whether this server is a replica, which refuses every change.")
        boolean readOnly() default false;
    }

    private static final Logger LOG = LoggerFactory.getLogger(StoreComponent.class);

    private static final long RETRY_SECONDS = 2;

    private static final long PROBE_MILLIS = 500;

    private static final long CLOSING_SECONDS = 10;

    private final BundleContext context;
    private final Settings settings;
    private final List<DataSourceFactory> drivers = new CopyOnWriteArrayList<>();
    private String lastReason = ""; // on the worker only
    private final AtomicReference<State> state = new AtomicReference<>(new Waiting());

    /** Opens the database and asks it how it is, so that nobody else waits for it. */
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "latchkey-store");
        thread.setDaemon(true);
        return thread;
    });

    private sealed interface State {}

    private record Waiting() implements State {}

    private record Open(
            DataSourceFactory driver,
            Database database,
            Optional<PatientStore> patient,
            ServiceRegistration<Store> registration)
            implements State {}

    private record Closed() implements State {}

    @Activate
    public StoreComponent(BundleContext context, Config config) {
        this.context = context;
        this.settings = Settings.of(context::getProperty, config);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDriver(DataSourceFactory driver) {
        drivers.add(driver);
        if (context.getProperty(Maintenance.TASK) == null) {
            worker.execute(this::open);
        }
    }

    void removeDriver(DataSourceFactory driver) {
        drivers.remove(driver);
        if (state.get() instanceof Open open && open.driver() == driver && state.compareAndSet(open, new Waiting())) {
            close(open);
        }
    }

    @Deactivate
    public void close() {
        State last = state.getAndSet(new Closed());
        worker.shutdownNow();
        if (last instanceof Open open) {
            close(open);
        }
        try {
            if (!worker.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the database is still being opened while the store stops");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Open open) {
        open.registration().unregister();
        open.patient().ifPresent(PatientStore::close);
        open.database().close();
    }

    @Override
    public String name() {
        return "store";
    }

    @Override
    public Optional<String> fault() {
        if (!(state.get() instanceof Open open)) {
            return Optional.of("The database is not open.");
        }
        try {
            Future<Boolean> probe = worker.submit(open.database()::answers);
            try {
                return probe.get(PROBE_MILLIS, TimeUnit.MILLISECONDS)
                        ? Optional.empty()
                        : Optional.of("The database does not answer.");
            } finally {
                probe.cancel(false);
            }
        } catch (TimeoutException | ExecutionException | RejectedExecutionException unreachable) {
            return Optional.of("The database does not answer.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("The check was interrupted.");
        }
    }

    /** Runs on the worker only. A driver is somebody else's code, so whatever it throws only means "not now". */
    private void open() {
        State now = state.get();
        if (!(now instanceof Waiting)) {
            return;
        }
        try {
            for (DataSourceFactory driver : drivers) {
                if (driver.createDriver(null).acceptsURL(settings.url())) {
                    serve(now, driver);
                    return;
                }
            }
            LOG.info("no driver for the configured database yet");
        } catch (SQLException | RuntimeException unreachable) {
            tell(unreachable);
            worker.schedule(this::open, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** In full once, and each further attempt that fails for the same reason in a line. */
    private void tell(Exception unreachable) {
        String reason = Fault.words(unreachable);
        LoggingEventBuilder line =
                reason.equals(lastReason) ? LOG.atWarn() : LOG.atWarn().setCause(unreachable);
        line.addKeyValue("reason", reason).log("cannot open the database, trying again");
        lastReason = reason;
    }

    private void serve(State waiting, DataSourceFactory driver) throws SQLException {
        long start = System.nanoTime();
        Database database = Database.open(driver, settings);
        SqlStore sql = new SqlStore(database);
        Store direct = settings.folder().isPresent() && !settings.readOnly() ? new ReadCache(sql) : sql;
        Store allowed = settings.readOnly() ? new ReadOnlyStore(direct) : direct;
        // Patience is outermost, so that what was given up but took place is forgotten in the cache.
        Optional<PatientStore> patient =
                settings.folder().map(ours -> new PatientStore(allowed, database, settings.connections()));
        Store store = patient.isPresent() ? patient.get() : allowed;
        ServiceRegistration<Store> registration = context.registerService(Store.class, store, null);
        Open open = new Open(driver, database, patient, registration);
        if (state.compareAndSet(waiting, open)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            LOG.atInfo().addKeyValue("millis", millis).log("database open");
            if (!drivers.contains(driver)) {
                removeDriver(driver);
            }
        } else {
            close(open);
        }
    }
}
