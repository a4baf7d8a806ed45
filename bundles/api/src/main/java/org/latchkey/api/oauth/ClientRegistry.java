package org.latchkey.api.oauth;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows clients. All registries are asked in order, and the first that knows an id decides; one that fails ends the
 * request with 503, never with "there is no such client".
 */
@ConsumerType
@FunctionalInterface
public interface ClientRegistry {

    /**
     * The client of that id at an instance of the server.
     *
     * @param instance the mount of the instance, such as {@code oidc}
     */
    Optional<Client> find(String instance, String id);
}
