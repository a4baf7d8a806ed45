package org.latchkey.oauth.client;

import java.util.List;
import java.util.Optional;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.Chain;
import org.latchkey.api.kernel.ExtensionPoints;
import org.latchkey.api.kernel.Extensions;
import org.latchkey.api.kernel.Link;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.ClientRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All clients of an instance: those in the store, then those of every plugin that knows some, in the order of the chain.
 * The first that knows an id decides.
 */
public final class Clients {

    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

    private final Extensions<ClientRegistry> registries;
    private final StoredClients stored;
    private final String instance;

    /** @param instance the mount of the instance */
    public Clients(ExtensionPoints points, StoredClients stored, String instance) {
        this.registries = points.of(ClientRegistry.class);
        this.stored = stored;
        this.instance = instance;
    }

    /**
     * The client of that id.
     *
     * @throws Refusal (UNAVAILABLE) if a registry does not work: never "there is no such client"
     */
    public Optional<RegisteredClient> find(String id) {
        return stored.find(instance, id).or(() -> fromPlugins(id)).map(RegisteredClient::new);
    }

    /** Whether it registered itself, so that nobody who operates the server has looked at its addresses. */
    public boolean isSelfRegistered(RegisteredClient client) {
        return stored.stored(instance, client.id())
                .filter(known -> known.registrationToken().isPresent())
                .isPresent();
    }

    private Optional<Client> fromPlugins(String id) {
        try (Chain<ClientRegistry> chain = registries.enter()) {
            chain.requireComplete();
            for (Link<ClientRegistry> link : chain.links()) {
                Optional<Client> client = ask(link, id);
                if (client.isPresent()) {
                    return client;
                }
            }
            return Optional.empty();
        } catch (PluginFault failed) {
            LOG.atWarn().setCause(failed).log("a client registry failed");
            throw unavailable();
        }
    }

    private Optional<Client> ask(Link<ClientRegistry> link, String id) {
        return link.call(registry -> {
            Optional<Client> client = registry.find(instance, id);
            if (client.isPresent() && !client.get().id().equals(id)) {
                throw new IllegalStateException("asked for one client, it gave another");
            }
            return client;
        });
    }

    /**
     * What a client signs with where it uses its secret for that ({@code client_secret_jwt}, HS256): all that are good
     * now, the newest first. None of a plugin's client, of which only hashes are known.
     */
    public List<String> signingSecrets(RegisteredClient client) {
        return stored.signingSecrets(instance, client.id());
    }

    private static Refusal unavailable() {
        return Refusal.of(
                Refusal.Kind.UNAVAILABLE, "clients-unavailable", "Clients cannot be looked up at the moment.");
    }
}
