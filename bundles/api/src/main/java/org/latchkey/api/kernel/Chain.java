package org.latchkey.api.kernel;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The ordered extensions of one point, held for one transaction. Opened and closed by the same thread. */
@ProviderType
public interface Chain<T> extends AutoCloseable {

    /** Highest ranking first, then by symbolic name, component name and instance. */
    List<Link<T>> links();

    /**
     * Refuses (UNAVAILABLE) if an extension that the operator requires here is absent, not working or in
     * quarantine. Called by every operation that the chain has a say in, unless it is how the operator gets in.
     */
    void requireComplete();

    @Override
    void close();
}
