package org.latchkey.kernel.why;

import java.util.List;
import org.latchkey.api.kernel.PluginCheck.Finding;
import org.osgi.framework.Constants;

/** A bundle in which nothing would ever run. */
final class NothingToServeWith implements Objection {

    @Override
    public List<Finding> to(Candidate candidate) {
        boolean isEmpty = candidate.components().all().isEmpty()
                && candidate.components().faults().isEmpty()
                && candidate.header(Constants.BUNDLE_ACTIVATOR).isEmpty();
        return isEmpty
                ? List.of(Finding.idle(
                        "It has no component and no activator, so it would do nothing.",
                        "Annotate a class of it with @Component, and build the jar with bnd."))
                : List.of();
    }
}
