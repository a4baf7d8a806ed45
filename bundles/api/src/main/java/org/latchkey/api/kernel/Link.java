package org.latchkey.api.kernel;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** One extension in a {@link Chain}. Two links are equal if they are of one registration, also if other extensions came or went. */
@ProviderType
public interface Link<T> {

    ExtensionInfo info();

    /** Whether the operator gave this extension the grant, in the configuration of its PID. */
    boolean granted(String grant);

    /** Tells the operator why nobody uses the extension as it is; the empty reason takes that back. */
    void remark(String reason);

    /**
     * Calls the extension, within the deadline of its point.
     *
     * @throws org.latchkey.api.Refusal as the extension threw it
     * @throws PluginFault if it threw anything else, was late, or could not be activated
     */
    <R> R call(Call<? super T, R> call) throws PluginFault;

    /**
     * The same within a deadline of the caller's own, if that ends before the point's, which may have none, and at once or not
     * at all (BUSY), for a caller that does not wait. A link that keeps no limits, as that to a part of the server itself, calls
     * as it always does.
     */
    default <R> R call(Call<? super T, R> call, Duration most) throws PluginFault {
        return call(call);
    }

    /** What to do with the extension; whatever it throws is the plugin's doing. */
    @FunctionalInterface
    interface Call<T, R> {
        R on(T extension) throws Exception;
    }
}
