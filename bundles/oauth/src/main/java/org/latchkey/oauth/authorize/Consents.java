package org.latchkey.oauth.authorize;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.Json;

/** What people have allowed clients to know and do, so that they are asked once. */
public final class Consents {

    private static final String KIND = "oauth.consent";
    private static final String OWNER = "owner";

    /** Whose number no entity has: of consents of before numbers were kept, which are asked for anew. */
    private static final long NOBODY = -1;

    private static final int PAGE = 100;

    private final Store store;
    private final String prefix;
    private final Clock clock;

    /** @param instance the mount of the instance */
    public Consents(Store store, String instance, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.prefix = instance + "/";
    }

    /**
     * Who allows.
     *
     * @param number of their entity, 0 if they have none: whoever gets the name after them has allowed nothing
     */
    public record Giver(String id, long number) {}

    /**
     * What somebody has allowed a client.
     *
     * @param allowed scopes, and claims by name as {@code claim:email}
     * @param since when they first did
     */
    public record Given(String client, Set<String> allowed, Instant since) {

        public Given {
            allowed = Collections.unmodifiableSet(new TreeSet<>(allowed));
        }
    }

    /** A consent as it is kept. */
    private record Kept(Given given, long number, long version) {}

    /** What somebody has allowed a client so far: scopes, and claims by name as {@code claim:email}. */
    public Set<String> of(Giver giver, String client) {
        return kept(giver, client)
                .filter(kept -> kept.number() == giver.number())
                .map(kept -> kept.given().allowed())
                .orElse(Set.of());
    }

    /** All that somebody has allowed. */
    public List<Given> of(Giver giver) {
        List<Given> all = new ArrayList<>();
        String after = "";
        for (List<Item> page = store.find(KIND, OWNER, prefix + giver.id(), after, PAGE);
                !page.isEmpty();
                page = store.find(KIND, OWNER, prefix + giver.id(), after, PAGE)) {
            page.stream()
                    .map(Consents::kept)
                    .filter(kept -> kept.number() == giver.number())
                    .forEach(kept -> all.add(kept.given()));
            after = page.get(page.size() - 1).key();
        }
        return List.copyOf(all);
    }

    private Optional<Kept> kept(Giver giver, String client) {
        return store.get(KIND, key(giver.id(), client)).map(Consents::kept);
    }

    private static Kept kept(Item item) {
        Map<String, Object> json =
                Json.object(item.body()).orElseThrow(() -> new IllegalStateException("A consent is damaged"));
        Set<String> allowed = new TreeSet<>();
        if (json.get("allowed") instanceof List<?> list) {
            list.forEach(each -> allowed.add(String.valueOf(each)));
        }
        Given given =
                new Given(String.valueOf(json.get("client")), allowed, Instant.ofEpochMilli(number(json, "since", 0)));
        return new Kept(given, number(json, "number", NOBODY), item.version());
    }

    private static long number(Map<String, Object> json, String name, long absent) {
        return json.get(name) instanceof Number number ? number.longValue() : absent;
    }

    /** Notes that more is allowed. */
    public void allow(Giver giver, String client, Set<String> more) {
        String key = key(giver.id(), client);
        while (true) {
            Optional<Kept> there = kept(giver, client);
            Optional<Given> before =
                    there.filter(kept -> kept.number() == giver.number()).map(Kept::given);
            Set<String> all = new TreeSet<>(before.map(Given::allowed).orElse(Set.of()));
            if (!all.addAll(more)) {
                return;
            }
            Instant since = before.map(Given::since).orElseGet(clock::instant);
            String body = Json.text(Map.of(
                    "owner", giver.id(),
                    "number", giver.number(),
                    "client", client,
                    "allowed", List.copyOf(all),
                    "since", since.toEpochMilli()));
            long version = there.map(Kept::version).orElse(0L);
            try {
                store.commit(List.of(new Write.Put(new Item(
                        KIND, key, version, body, List.of(new Item.Index(OWNER, prefix + giver.id(), false))))));
                return;
            } catch (Store.Conflict faster) {
                continue; // with what that one allowed
            }
        }
    }

    /** Takes all of it back; says whether there was anything. */
    public boolean revoke(Giver giver, String client) {
        for (Optional<Kept> kept = kept(giver, client);
                kept.isPresent() && kept.get().number() == giver.number();
                kept = kept(giver, client)) {
            try {
                store.commit(List.of(new Write.Delete(
                        KIND, key(giver.id(), client), kept.get().version())));
                return true;
            } catch (Store.Conflict changed) {
                continue; // whoever changed it has not taken it back
            }
        }
        return false;
    }

    private String key(String owner, String client) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((owner + "\n" + client).getBytes(StandardCharsets.UTF_8));
            return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
