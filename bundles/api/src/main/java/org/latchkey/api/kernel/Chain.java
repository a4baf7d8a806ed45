package org.latchkey.api.kernel;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The ordered extensions of one point, held for one transaction. Opened and closed by the same thread. */
@ProviderType
public interface Chain<T> extends AutoCloseable {

    /** Highest ranking first, then by symbolic name, component name and instance. */
    List<Link<T>> links();

    @Override
    void close();
}
