package org.latchkey.oauth.logout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.Json;

/**
 * Which clients somebody was signed in to in which session, in the store. Authorizations do not tell: one without a refresh
 * token is gone when its access token has expired, and the client goes on all the same.
 */
final class Participants {

    private static final String KIND = "oauth.participant";
    private static final String UNTIL = "until";
    private static final int PAGE = 100;
    private static final int SWEPT = 500;

    private final Store store;
    private final Sessions sessions;
    private final String prefix;
    private final Clock clock;

    /** @param instance the mount of the instance */
    Participants(Store store, Sessions sessions, String instance, Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.prefix = instance + "/";
        this.clock = clock;
    }

    /** Notes that a client learned who is signed in. Costs a write once for each client of a session. */
    void join(String client, Session session) {
        String key = prefix + session.id() + "/" + digest(client);
        String until = Item.Index.uniqueNumber(UNTIL, session.expiresAt().toEpochMilli())
                .value();
        String body = Json.text(Map.of("client", client, UNTIL, until));
        Optional<Item> before = store.get(KIND, key);
        if (before.filter(item -> item.body().equals(body)).isPresent()) {
            return;
        }
        long version = before.map(Item::version).orElse(0L);
        try {
            store.commit(List.of(
                    new Write.Put(new Item(KIND, key, version, body, List.of(new Item.Index(UNTIL, until, false))))));
        } catch (Store.Conflict another) {
            return; // who was faster noted the same
        }
    }

    private static String digest(String client) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(client.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** The ids of the clients of a session. */
    Set<String> of(String session) {
        Set<String> clients = new TreeSet<>();
        forEach(session, item -> clients.add(client(item)));
        return clients;
    }

    /** The same, and forgets them. */
    Set<String> end(String session) {
        Set<String> clients = new TreeSet<>();
        forEach(session, item -> {
            clients.add(client(item));
            forget(item);
        });
        return clients;
    }

    private void forEach(String session, java.util.function.Consumer<Item> each) {
        String of = prefix + session + "/";
        String after = "";
        for (List<Item> page = store.list(KIND, of, after, PAGE);
                !page.isEmpty();
                page = store.list(KIND, of, after, PAGE)) {
            page.forEach(each);
            after = page.get(page.size() - 1).key();
        }
    }

    private static String client(Item item) {
        return Json.object(item.body())
                .map(json -> String.valueOf(json.get("client")))
                .orElseThrow(() -> new IllegalStateException("A participant is damaged: " + item.key()));
    }

    private void forget(Item item) {
        if (store.isReadOnly()) {
            return;
        }
        try {
            store.commit(List.of(new Write.Delete(KIND, item.key(), item.version())));
        } catch (Store.Conflict again) {
            return; // it joins once more, or another node forgot it; what is left is swept
        }
    }

    /**
     * Takes away what belongs to sessions whose longest time is over, unless it was made longer since; at most some hundreds
     * at once.
     */
    void sweep() {
        if (store.isReadOnly()) {
            return;
        }
        long now = clock.millis();
        for (Store.Hit hit : store.scan(KIND, UNTIL, "", "", "", SWEPT)) {
            if (Long.parseLong(hit.value()) > now) {
                return;
            }
            if (hit.item().key().startsWith(prefix)) {
                sweep(hit.item());
            }
        }
    }

    private void sweep(Item item) {
        String session = item.key().substring(prefix.length(), item.key().lastIndexOf('/'));
        Optional<Session> living = sessions.byId(session);
        if (living.isPresent()) {
            join(client(item), living.get());
        } else {
            forget(item);
        }
    }
}
