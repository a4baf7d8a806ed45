package org.latchkey.oauth.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.latchkey.api.Page;
import org.latchkey.api.Refusal;
import org.latchkey.api.oauth.Client;
import org.latchkey.api.oauth.ClientRegistry;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.ParsedItems;
import org.latchkey.oauth.Telling;
import org.latchkey.oauth.Telling.News;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients in the store, of all instances. Every question reads the store, so that a client that was taken away or got
 * a new secret on another node is so here at once; while the database cannot be reached everything is refused (UNAVAILABLE).
 */
public final class StoredClients implements ClientRegistry {

    static final String KIND = "oauth.client";

    /** What a {@code client_id} may be made of. */
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,99}");

    private static final String ORIGIN = "origin";
    private static final int LONGEST_ORIGIN = 200;
    private static final int MOST_SECRETS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(StoredClients.class);

    private final Store store;
    private final ParsedItems<StoredClient> parsed = new ParsedItems<>(StoredClients::read);
    private final SecretBox box;
    private final Consumer<String> gone;
    private final Optional<Telling> telling;
    private final Clock clock;

    /** @param gone is told the id of each client that is taken away, so that what it was allowed ends too */
    public StoredClients(Store store, Consumer<String> gone) {
        this(store, gone, Optional.empty(), Clock.systemUTC());
    }

    /** @param telling tells of each change, stored with it */
    public StoredClients(Store store, Consumer<String> gone, Telling telling) {
        this(store, gone, Optional.of(telling), Clock.systemUTC());
    }

    StoredClients(Store store) {
        this(store, Clock.systemUTC());
    }

    StoredClients(Store store, Clock clock) {
        this(store, none -> {}, Optional.empty(), clock);
    }

    private StoredClients(Store store, Consumer<String> gone, Optional<Telling> telling, Clock clock) {
        this.store = store;
        this.box = new SecretBox(store);
        this.gone = gone;
        this.telling = telling;
        this.clock = clock;
    }

    /** A client with the secret that was just made for it, which is told once and then forgotten. */
    public record Issued(StoredClient client, Optional<String> secret) {
        @Override
        public String toString() {
            return "Issued[" + client + "]";
        }
    }

    @Override
    public Optional<Client> find(String instance, String id) {
        return stored(instance, id).map(stored -> stored.client(clock.instant()));
    }

    /**
     * One of them.
     *
     * @throws Refusal (UNAVAILABLE) if it is there but cannot be read, such as one of a newer version
     */
    public Optional<StoredClient> stored(String instance, String id) {
        return ID.matcher(id).matches() ? store.get(KIND, key(instance, id)).map(parsed::of) : Optional.empty();
    }

    /** The clients of an instance by their ids; one that cannot be read harms only itself here. */
    public Page<StoredClient> list(String instance, String cursor, int limit) {
        String prefix = key(instance, "");
        List<Item> items = store.list(KIND, prefix, cursor.isEmpty() ? "" : prefix + cursor, limit + 1);
        List<Item> page = items.subList(0, Math.min(limit, items.size()));
        List<StoredClient> readable = new ArrayList<>();
        for (Item item : page) {
            try {
                readable.add(read(item));
            } catch (Refusal unreadable) {
                LOG.atWarn().addKeyValue("client", item.key()).log("a stored client is left out of the list");
            }
        }
        Optional<String> next = items.size() > limit
                ? Optional.of(page.get(limit - 1).key().substring(prefix.length()))
                : Optional.empty();
        return new Page<>(readable, next);
    }

    /** Adds one, by {@code actor}; refused (EXISTS) if there is one of that id. */
    public StoredClient create(String instance, StoredClient client, String actor) {
        if (!isPut(instance, client, news("oauth.client-registered", actor, client.id()))) {
            throw Refusal.of(Refusal.Kind.EXISTS, "exists", "There is a client \"" + client.id() + "\" already.");
        }
        return stored(instance, client.id()).orElse(client);
    }

    /** Puts it in place of what it was made from; refused (CONFLICT) if that was changed or taken away meanwhile. */
    public StoredClient replace(String instance, StoredClient client, String actor) {
        if (client.version() < 1 || !isPut(instance, client, news("oauth.client-changed", actor, client.id()))) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "The client was changed meanwhile; read it again.");
        }
        return stored(instance, client.id()).orElse(client);
    }

    private static News news(String type, String actor, String client) {
        return new News(type, actor, Map.of("client", client));
    }

    private boolean isPut(String instance, StoredClient client, News news) {
        String key = key(instance, client.id());
        List<Item.Index> origins =
                Origins.of(new RegisteredClient(client.client(clock.instant())).redirectUris()).stream()
                        .map(origin -> new Item.Index(ORIGIN, key(instance, origin), false))
                        .toList();
        return isDone(new Write.Put(new Item(KIND, key, client.version(), client.body(), origins)), news);
    }

    /** Whether one of an instance's clients lives at that web origin (RFC 6454). */
    public boolean isAt(String instance, String origin) {
        return origin.length() <= LONGEST_ORIGIN
                && !store.find(KIND, ORIGIN, key(instance, origin), "", 1).isEmpty();
    }

    /** Takes it away, whatever it has become; gives whether it was there. */
    public boolean delete(String instance, String id, String actor) {
        while (true) {
            Optional<Item> item = ID.matcher(id).matches() ? store.get(KIND, key(instance, id)) : Optional.empty();
            if (item.isEmpty()) {
                return false;
            }
            if (isDone(
                    new Write.Delete(KIND, item.get().key(), item.get().version()),
                    news("oauth.client-removed", actor, id))) {
                gone.accept(id);
                return true;
            }
        }
    }

    /**
     * The client with a new secret, not stored yet. Of those that it has then the newest {@value #MOST_SECRETS} are good.
     *
     * @param overlap how long the secrets it had are good beside it
     */
    public Issued withNewSecret(String instance, StoredClient client, Duration overlap) {
        Instant now = clock.instant();
        String secret = Secrets.random();
        List<KeptSecret> all = new ArrayList<>();
        all.add(new KeptSecret(Secrets.hash(secret), sealed(instance, client, secret), Optional.empty()));
        client.secretsAt(now).stream().map(old -> old.until(now.plus(overlap))).forEach(all::add);
        return new Issued(
                client.withSecrets(all.stream()
                        .filter(each -> each.isGoodAt(now))
                        .limit(MOST_SECRETS)
                        .toList()),
                Optional.of(secret));
    }

    private Optional<String> sealed(String instance, StoredClient client, String secret) {
        return SecretUse.of(client.metadata()) == SecretUse.SIGNS
                ? Optional.of(box.seal(instance, client.id(), secret))
                : Optional.empty();
    }

    /**
     * The client with the secrets that its metadata calls for, not stored yet: a new one if it needs one and has none of
     * use, none any more if it needs none.
     */
    public Issued withFittingSecret(String instance, StoredClient client) {
        SecretUse use = SecretUse.of(client.metadata());
        List<KeptSecret> good = client.secretsAt(clock.instant());
        return switch (use) {
            case NONE -> new Issued(client.withSecrets(List.of()), Optional.empty());
            case SHOWN -> good.isEmpty() ? fresh(instance, client) : new Issued(unsealed(client), Optional.empty());
            case SIGNS ->
                good.stream().noneMatch(each -> each.sealed().isPresent())
                        ? fresh(instance, client)
                        : new Issued(client, Optional.empty());
        };
    }

    private Issued fresh(String instance, StoredClient client) {
        return withNewSecret(instance, client, Duration.ZERO);
    }

    private static StoredClient unsealed(StoredClient client) {
        return client.withSecrets(client.secrets().stream()
                .map(each -> new KeptSecret(each.hash(), Optional.empty(), each.until()))
                .toList());
    }

    /** The secrets of a client that signs with them and that are good now, the newest first; none of any other. */
    public List<String> signingSecrets(String instance, String id) {
        return stored(instance, id)
                .map(client -> client.secretsAt(clock.instant()).stream()
                        .flatMap(each -> each.sealed().stream())
                        .map(text -> box.open(instance, id, text))
                        .toList())
                .orElse(List.of());
    }

    private static StoredClient read(Item item) {
        try {
            String id = item.key().substring(item.key().indexOf('/') + 1);
            return StoredClient.of(id, item.body(), item.version());
        } catch (IllegalArgumentException foreign) {
            LOG.atError().addKeyValue("client", item.key()).setCause(foreign).log("a stored client cannot be read");
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "client-unreadable", "The client cannot be read at the moment.");
        }
    }

    private static String key(String instance, String id) {
        return instance + "/" + id;
    }

    /** Whether it was done; if not, somebody was faster. */
    private boolean isDone(Write write, News news) {
        try {
            if (telling.isPresent()) {
                telling.get().commit(write, news);
            } else {
                store.commit(List.of(write));
            }
            return true;
        } catch (Store.Conflict faster) {
            return false;
        }
    }
}
