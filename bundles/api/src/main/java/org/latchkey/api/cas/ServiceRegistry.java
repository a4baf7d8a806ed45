package org.latchkey.api.cas;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows the applications that people may sign in to (jscas: {@code serviceRegistry}). The CAS server compares URLs itself,
 * so that all registries agree. While a registry cannot be reached it refuses (UNAVAILABLE), and nobody is signed in.
 */
@ConsumerType
@FunctionalInterface
public interface ServiceRegistry {

    /** Service property: the name by which the configuration chooses it. */
    String NAME = "latchkey.registry";

    /** All of them, in the order in which they are tried; the same list until something changes. */
    List<Service> services();
}
