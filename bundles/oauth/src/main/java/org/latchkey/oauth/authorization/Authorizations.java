package org.latchkey.oauth.authorization;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.oauth.ParsedItems;
import org.latchkey.oauth.Telling;
import org.latchkey.oauth.Telling.News;

/**
 * The authorizations of one instance, in the store: they outlive the process, and all nodes see them. Each change is made on
 * condition that nobody was faster, so a code and a refresh token are good once, on however many nodes they are tried. A
 * second use ends the authorization with all its tokens (RFC 6749, 4.1.2; RFC 9700, 4.14.2).
 */
public final class Authorizations {

    private static final String KIND = "oauth.authorization";
    private static final String SESSION = "session";
    private static final String OWNER = "owner";
    private static final String CLIENT = "client";
    private static final String UNTIL = "until";
    private static final int PAGE = 100;

    private final Store store;
    private final Telling telling;
    private final ParsedItems<Authorization> parsed = new ParsedItems<>(item -> AuthorizationJson.read(item.body()));
    private final String prefix;
    private final Clock clock;

    /** @param instance the mount of the instance */
    public Authorizations(Store store, Telling telling, String instance, Clock clock) {
        this.store = store;
        this.telling = telling;
        this.prefix = instance + "/";
        this.clock = clock;
    }

    /**
     * An authorization that lives.
     *
     * @param key names it in access tokens; nobody can use it as a code or a refresh token
     */
    public record Live(String key, Authorization authorization, long version) {}

    /** An authorization, and the code or refresh token that was given out for it. */
    public record Issued(Live live, String token) {
        @Override
        public String toString() {
            return "Issued[" + live.authorization() + "]";
        }
    }

    /** What came of a code or refresh token. */
    public sealed interface Redemption {}

    /** It was good, and is used up. */
    public record Redeemed(Issued next) implements Redemption {}

    /** It is none, or has expired. */
    public record Unknown() implements Redemption {}

    /** It had been used before: its authorization has ended. */
    public record Reused(Authorization ended) implements Redemption {}

    /** Keeps a new one; the token is its code. The secret that it came with does not count. */
    public Issued add(Authorization authorization) {
        Handle handle = Handle.fresh();
        Authorization kept = withSecret(authorization, handle);
        try {
            store.commit(List.of(put(handle.key(), kept, 0)));
        } catch (Store.Conflict impossible) {
            throw new IllegalStateException("two authorizations of one id", impossible);
        }
        return new Issued(new Live(handle.key(), kept, 1), handle.text());
    }

    private static Authorization withSecret(Authorization some, Handle handle) {
        return new Authorization(
                some.client(),
                some.owner(),
                some.scope(),
                some.resources(),
                some.claims(),
                some.request(),
                some.issued(),
                some.expires(),
                some.offline(),
                handle.secretHash(),
                some.redeemed());
    }

    private Write put(String key, Authorization authorization, long version) {
        String until = Item.Index.uniqueNumber(UNTIL, authorization.expires().toEpochMilli())
                .value();
        return new Write.Put(new Item(
                KIND,
                prefix + key,
                version,
                AuthorizationJson.write(authorization),
                List.of(
                        new Item.Index(SESSION, prefix + authorization.owner().session(), false),
                        new Item.Index(OWNER, prefix + authorization.owner().id(), false),
                        new Item.Index(CLIENT, prefix + authorization.client(), false),
                        new Item.Index(UNTIL, until, false))));
    }

    /** The one that a code or refresh token belongs to, whether or not that is good. */
    public Optional<Live> peek(String token) {
        return Handle.of(token).flatMap(handle -> find(handle.key()));
    }

    /** The one that this is the good refresh token of. */
    public Optional<Live> good(String refreshToken) {
        return Handle.of(refreshToken).flatMap(handle -> find(handle.key())
                .filter(live -> live.authorization().redeemed()
                        && handle.matches(live.authorization().secret())));
    }

    /** The one of that key, if it lives. */
    public Optional<Live> find(String key) {
        return store.get(KIND, prefix + key)
                .map(item -> new Live(key, parsed.of(item), item.version()))
                .filter(live -> live.authorization().expires().isAfter(clock.instant()));
    }

    /** Uses a code up; the refresh token in its place is good until {@code end}, with {@code more} to remember. */
    public Redemption redeemCode(String code, Instant end, Map<String, String> more) {
        return redeem(code, authorization -> !authorization.redeemed(), end, more);
    }

    /** Uses a refresh token up; the one in its place is good until {@code end}. */
    public Redemption redeemRefresh(String refreshToken, Instant end) {
        return redeem(refreshToken, Authorization::redeemed, end, Map.of());
    }

    /** Leaves a refresh token as it is, good until {@code end}: for those that are of use to their client alone. */
    public Redemption renewRefresh(String refreshToken, Instant end) {
        Optional<Live> live = good(refreshToken);
        if (live.isEmpty()) {
            return new Unknown();
        }
        Live found = live.get();
        Authorization changed = found.authorization().next(found.authorization().secret(), end);
        try {
            store.commit(List.of(put(found.key(), changed, found.version())));
            return new Redeemed(new Issued(new Live(found.key(), changed, found.version() + 1), refreshToken));
        } catch (Store.Conflict faster) {
            // renewed by another request of the client, or ended
            return good(refreshToken)
                    .map(renewed -> (Redemption) new Redeemed(new Issued(renewed, refreshToken)))
                    .orElse(new Unknown());
        }
    }

    private Redemption redeem(String token, Predicate<Authorization> kind, Instant end, Map<String, String> more) {
        Optional<Handle> handle = Handle.of(token);
        Optional<Live> live = handle.flatMap(known -> find(known.key()));
        if (live.isEmpty()) {
            return new Unknown();
        }
        Live found = live.get();
        if (!handle.get().matches(found.authorization().secret())) {
            endReused(found);
            return new Reused(found.authorization());
        }
        if (!kind.test(found.authorization())) {
            return new Unknown();
        }
        Handle next = handle.get().next();
        Authorization changed =
                found.authorization().next(next.secretHash(), end).with(more);
        try {
            store.commit(List.of(put(found.key(), changed, found.version())));
        } catch (Store.Conflict faster) {
            endReused(found); // two at the same moment: the other one was first, and this is a second use
            return new Reused(found.authorization());
        }
        return new Redeemed(new Issued(new Live(found.key(), changed, found.version() + 1), next.text()));
    }

    private void endReused(Live live) {
        Authorization authorization = live.authorization();
        Map<String, String> facts = Map.of(
                "client",
                authorization.client(),
                "entity",
                authorization.owner().id(),
                "token",
                authorization.redeemed() ? "refresh" : "code");
        end(live.key(), delete -> telling.commit(delete, new News("oauth.token-reused", "server", facts)));
    }

    /** Who takes an authorization back. */
    public enum By {
        CLIENT,
        OWNER
    }

    /** Ends one with all its tokens since somebody wants that, and tells of it; says whether it was there. */
    public boolean revoke(Live live, By by) {
        Authorization authorization = live.authorization();
        String owner = authorization.owner().id();
        Map<String, String> facts = Map.of(
                "client",
                authorization.client(),
                "entity",
                owner,
                "token",
                "refresh",
                "by",
                by.name().toLowerCase(Locale.ROOT));
        News news = new News("oauth.token-revoked", by == By.OWNER ? owner : authorization.client(), facts);
        return end(live.key(), delete -> telling.commit(delete, news));
    }

    /** Ends one with all its tokens; says whether it was there. */
    public boolean end(String key) {
        return end(key, delete -> store.commit(List.of(delete)));
    }

    private interface Deletion {
        void commit(Write delete) throws Store.Conflict;
    }

    private boolean end(String key, Deletion deletion) {
        for (Optional<Item> item = store.get(KIND, prefix + key);
                item.isPresent();
                item = store.get(KIND, prefix + key)) {
            try {
                deletion.commit(new Write.Delete(KIND, prefix + key, item.get().version()));
                return true;
            } catch (Store.Conflict changed) {
                continue; // whoever changed it has not ended it
            }
        }
        return false;
    }

    /** Ends what hangs on a session; {@code each} hears of every one that did, also of those that go on without it. */
    public void endOfSession(String session, Consumer<Authorization> each) {
        forEach(SESSION, session, live -> {
            if (!live.authorization().offline()) {
                end(live.key());
            }
            each.accept(live.authorization());
        });
    }

    /** Those of somebody that live. */
    public List<Live> ofOwner(String owner) {
        List<Live> all = new ArrayList<>();
        forEach(OWNER, owner, all::add);
        return List.copyOf(all);
    }

    /** Ends those of a client, which is gone. */
    public void endOfClient(String client) {
        forEach(CLIENT, client, live -> end(live.key()));
    }

    private void forEach(String field, String value, Consumer<Live> each) {
        String after = "";
        for (List<Item> page = store.find(KIND, field, prefix + value, after, PAGE);
                !page.isEmpty();
                page = store.find(KIND, field, prefix + value, after, PAGE)) {
            for (Item item : page) {
                each.accept(new Live(
                        item.key().substring(prefix.length()), AuthorizationJson.read(item.body()), item.version()));
            }
            after = page.get(page.size() - 1).key();
        }
    }

    /** Takes away what has expired; at most some hundreds at once. */
    public void sweep() {
        if (store.isReadOnly()) {
            return;
        }
        long now = clock.millis();
        for (Store.Hit hit : store.scan(KIND, UNTIL, "", "", "", 5 * PAGE)) {
            if (Long.parseLong(hit.value()) > now) {
                return;
            }
            if (hit.item().key().startsWith(prefix)) {
                end(hit.item().key().substring(prefix.length()));
            }
        }
    }
}
