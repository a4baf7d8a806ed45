package org.latchkey.api.extension;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** One subsystem's own opinion of its health, shown in the system status under {@link #name()}. */
@ConsumerType
public interface HealthCheck {

    /**
     * Service property of a part of the server: {@code false} (a Boolean) if its faults are the operator's business but
     * no reason to send it no more requests.
     */
    String READINESS = "latchkey.readiness";

    String name();

    /** What is wrong in one line, or nothing. Called often: must be quick and safe to show. */
    Optional<String> fault();
}
