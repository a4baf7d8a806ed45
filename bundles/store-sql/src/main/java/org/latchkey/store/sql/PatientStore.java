package org.latchkey.store.sql;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/**
 * Waits no longer than its patience for a commit of the embedded database, which itself waits for its disk as long as
 * that takes; what is given up may still take place. Reads go straight through: most are answered from memory.
 */
final class PatientStore implements Store, AutoCloseable {

    private final Store store;
    private final Database database;
    private final ExecutorService committers;

    PatientStore(Store store, Database database, int committers) {
        this.store = store;
        this.database = database;
        ThreadPoolExecutor all = new ThreadPoolExecutor(
                committers, committers, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), PatientStore::thread);
        all.prestartAllCoreThreads(); // one that a plugin's call began would inherit from the plugin, and hold it
        this.committers = all;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "latchkey-store-commit");
        thread.setDaemon(true);
        thread.setContextClassLoader(PatientStore.class.getClassLoader());
        return thread;
    }

    @Override
    public Optional<Item> get(String kind, String key) {
        return store.get(kind, key);
    }

    @Override
    public List<Item> list(String kind, String prefix, String after, int limit) {
        return store.list(kind, prefix, after, limit);
    }

    @Override
    public List<Item> find(String kind, String field, String value, String after, int limit) {
        return store.find(kind, field, value, after, limit);
    }

    @Override
    public List<Hit> scan(String kind, String field, String prefix, String afterValue, String afterKey, int limit) {
        return store.scan(kind, field, prefix, afterValue, afterKey, limit);
    }

    @Override
    public boolean isReadOnly() {
        return store.isReadOnly();
    }

    @Override
    public Optional<String> highest(String kind, String field) {
        return store.highest(kind, field);
    }

    @Override
    public void commit(List<Write> writes) throws Conflict {
        Callable<Boolean> task = () -> {
            store.commit(writes);
            return true;
        };
        if (committers.isShutdown()) {
            throw Fault.slow();
        }
        Future<Boolean> commit = committers.submit(task);
        try {
            commit.get(database.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            commit.cancel(false);
            database.suspect();
            throw Fault.slow();
        } catch (InterruptedException interrupted) {
            commit.cancel(false);
            Thread.currentThread().interrupt();
            throw Fault.slow();
        } catch (ExecutionException failed) {
            throw rethrown(failed.getCause());
        }
    }

    private static RuntimeException rethrown(Throwable cause) throws Conflict {
        if (cause instanceof Conflict conflict) {
            throw conflict;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) cause;
    }

    @Override
    public void close() {
        committers.shutdown();
    }
}
