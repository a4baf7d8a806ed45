package org.latchkey.api.kernel;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The extensions of one point as they come and go. */
@ProviderType
public interface Extensions<T> {

    Class<T> point();

    /** Takes the chain as it is now; none of its extensions is deactivated before {@link Chain#close()}. */
    Chain<T> enter();

    /** Everything registered at this point, in chain order, also what is not in service and why. */
    List<ExtensionInfo> list();
}
