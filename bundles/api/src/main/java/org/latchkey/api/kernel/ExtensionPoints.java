package org.latchkey.api.kernel;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Tracks the extensions of every point, for everybody. */
@ProviderType
public interface ExtensionPoints {

    /** The live extensions of a point, tracked from the first call on. */
    <T> Extensions<T> of(Class<T> point);

    /** All tracked points. */
    List<Extensions<?>> all();

    /**
     * Takes an extension out of service by hand until it is released.
     *
     * @param extension its name; every extension of that name at any point
     * @return whether there is one
     */
    boolean quarantine(String extension, String reason);

    /** Lets an extension serve again at once; says whether there is one of that name. */
    boolean release(String extension);

    /**
     * Says what to do if a plugin called from this thread never comes back: {@code action} then runs on
     * another thread, once, innermost first, and the plugin's late answer is dropped.
     */
    Scope whenStuck(Runnable action);

    /** Ends with {@link #close()} on the thread that opened it. */
    @ProviderType
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
