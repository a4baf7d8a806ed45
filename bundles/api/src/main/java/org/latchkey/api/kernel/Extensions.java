package org.latchkey.api.kernel;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The extensions of one point as they come and go. */
@ProviderType
public interface Extensions<T> {

    Class<T> point();

    /** Those in service now, in chain order; the same list until something changes. Holds nothing. */
    List<Link<T>> links();

    /** Takes the chain as it is now; none of its extensions is deactivated before {@link Chain#close()}. */
    Chain<T> enter();

    /** Takes a single link of {@link #links()}, or nothing if it has just left service: then look again. */
    Optional<Chain<T>> enter(Link<T> link);

    /** Everything registered at this point, in chain order, also what is not in service and why. */
    List<ExtensionInfo> list();
}
