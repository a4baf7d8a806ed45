package org.latchkey.api.extension;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A plugin's own judgement of whether it can do its work here, such as reaching what it needs. Asked once,
 * before the plugin serves; one that finds a fault, throws or is late never serves, and what it was to
 * replace goes on.
 */
@ConsumerType
@FunctionalInterface
public interface SelfCheck {

    /** What is wrong in one line, safe to show to the operator, or nothing. */
    Optional<String> fault() throws Exception;
}
