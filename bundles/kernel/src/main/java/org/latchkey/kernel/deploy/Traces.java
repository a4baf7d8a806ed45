package org.latchkey.kernel.deploy;

import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleReference;

/**
 * By what one can tell that something belongs to a revision of a plugin: the group of the threads it starts
 * while it comes up, and its class loader, which is the context of the threads it starts while it is called.
 * Keeps neither alive.
 */
final class Traces {

    private static final int SOME_MORE = 32;

    private final WeakReference<ThreadGroup> group;
    private final WeakReference<ClassLoader> loader;

    /** @param loader of the revision's bundle */
    Traces(ThreadGroup group, ClassLoader loader) {
        this.group = new WeakReference<>(group);
        this.loader = new WeakReference<>(loader);
    }

    /** Its threads that live. */
    Stream<Thread> threads() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[all.activeCount() + SOME_MORE];
        int count = all.enumerate(threads);
        return Stream.of(threads).limit(count).filter(this::isMine);
    }

    private boolean isMine(Thread thread) {
        ClassLoader mine = loader.get();
        return startedWhileComingUp(thread)
                || mine != null
                        && (thread.getContextClassLoader() == mine
                                || thread.getClass().getClassLoader() == mine);
    }

    private boolean startedWhileComingUp(Thread thread) {
        return Optional.ofNullable(group.get())
                .filter(mine -> mine == thread.getThreadGroup() && !servesAnother(thread))
                .isPresent();
    }

    /** A pool of the server may begin a thread because this plugin called it, and marks it with its own loader. */
    private boolean servesAnother(Thread thread) {
        ClassLoader context = thread.getContextClassLoader();
        return context instanceof BundleReference && context != loader.get();
    }

    /** Asks the threads that it started while it came up to end; others may be ours, in the middle of a call. */
    void interrupt() {
        threads().filter(this::startedWhileComingUp).forEach(Thread::interrupt);
    }

    /** Whether its classes are still in memory; says nothing before a garbage collection. */
    boolean isLoaded() {
        return loader.get() != null;
    }
}
