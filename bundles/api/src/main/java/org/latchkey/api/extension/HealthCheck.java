package org.latchkey.api.extension;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** One subsystem's own opinion of its health, shown in the system status under {@link #name()}. */
@ConsumerType
public interface HealthCheck {

    /**
     * Service property, Boolean: a fault is one to look after, but the server serves all the same. It is shown in the
     * status, and does not make the server unready.
     */
    String TOLERABLE = "latchkey.tolerable";

    String name();

    /** What is wrong in one line, or nothing. Called often: must be quick and safe to show. */
    Optional<String> fault();
}
