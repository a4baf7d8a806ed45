package org.latchkey.oauth.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.Telling;
import org.latchkey.oauth.Telling.News;

/** The ids of access tokens that were taken back before they expired, for as long as that matters. */
public final class RevokedTokens {

    private static final String KIND = "oauth.revoked";
    private static final String UNTIL = "until";
    private static final int PAGE = 500;

    private final Store store;
    private final Telling telling;
    private final String prefix;
    private final Clock clock;

    /** @param instance the mount of the instance */
    public RevokedTokens(Store store, Telling telling, String instance, Clock clock) {
        this.store = store;
        this.telling = telling;
        this.prefix = instance + "/";
        this.clock = clock;
    }

    /** @param client whose it was, and who takes it back */
    void add(String tokenId, Instant expires, String client) {
        String until = Item.Index.uniqueNumber(UNTIL, expires.toEpochMilli()).value();
        Item item = new Item(KIND, prefix + tokenId, 0, "{}", List.of(new Item.Index(UNTIL, until, false)));
        try {
            telling.commit(
                    new Write.Put(item),
                    new News(
                            "oauth.token-revoked",
                            client,
                            Map.of("client", client, "token", "access", "by", "client")));
        } catch (Store.Conflict already) {
            return; // it is revoked, which is what was asked for
        }
    }

    boolean contains(String tokenId) {
        return store.get(KIND, prefix + tokenId).isPresent();
    }

    /** Takes away what has expired; at most some hundreds at once. */
    public void sweep() {
        if (store.isReadOnly()) {
            return;
        }
        for (Store.Hit hit : store.scan(KIND, UNTIL, "", "", "", PAGE)) {
            if (Long.parseLong(hit.value()) > clock.millis()) {
                return;
            }
            try {
                store.commit(List.of(
                        new Write.Delete(KIND, hit.item().key(), hit.item().version())));
            } catch (Store.Conflict gone) {
                continue; // another node was faster
            }
        }
    }
}
