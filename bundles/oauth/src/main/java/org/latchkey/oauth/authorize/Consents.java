package org.latchkey.oauth.authorize;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
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

    private final Store store;
    private final String prefix;

    /** @param instance the mount of the instance */
    public Consents(Store store, String instance) {
        this.store = store;
        this.prefix = instance + "/";
    }

    /** What somebody has allowed a client so far: scopes, and claims by name as {@code claim:email}. */
    public Set<String> of(String owner, String client) {
        return store.get(KIND, key(owner, client)).map(Consents::allowed).orElse(Set.of());
    }

    private static Set<String> allowed(Item item) {
        return Json.object(item.body())
                .map(json -> json.get("allowed"))
                .filter(List.class::isInstance)
                .map(list -> {
                    Set<String> all = new TreeSet<>();
                    ((List<?>) list).forEach(each -> all.add(String.valueOf(each)));
                    return all;
                })
                .orElse(new TreeSet<>());
    }

    /** Notes that more is allowed. */
    public void allow(String owner, String client, Set<String> more) {
        String key = key(owner, client);
        while (true) {
            Optional<Item> before = store.get(KIND, key);
            Set<String> all = new LinkedHashSet<>(before.map(Consents::allowed).orElse(Set.of()));
            if (!all.addAll(more)) {
                return;
            }
            String body = Json.text(Map.of("owner", owner, "client", client, "allowed", List.copyOf(all)));
            try {
                store.commit(List.of(new Write.Put(new Item(
                        KIND,
                        key,
                        before.map(Item::version).orElse(0L),
                        body,
                        List.of(new Item.Index(OWNER, prefix + owner, false))))));
                return;
            } catch (Store.Conflict faster) {
                continue; // with what that one allowed
            }
        }
    }

    /** Takes all of it back. */
    public void revoke(String owner, String client) {
        String key = key(owner, client);
        for (Optional<Item> item = store.get(KIND, key); item.isPresent(); item = store.get(KIND, key)) {
            try {
                store.commit(List.of(new Write.Delete(KIND, key, item.get().version())));
                return;
            } catch (Store.Conflict changed) {
                continue;
            }
        }
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
