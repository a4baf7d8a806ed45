package org.latchkey.auth.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.SessionObserver.Cause;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** In the store: they outlive the process, and all nodes see them. */
final class StoredShelf implements Shelf {

    private static final String KIND = "session";
    private static final String ID = "id";
    private static final String ENTITY = "entity";
    private static final String UNTIL = "until";

    private final Store store;
    private final Outbox outbox;
    private final Duration idle;

    StoredShelf(Store store, Outbox outbox, Duration idle) {
        this.store = store;
        this.outbox = outbox;
        this.idle = idle;
    }

    @Override
    public Optional<Kept> get(String key) {
        return store.get(KIND, key).map(StoredShelf::kept);
    }

    @Override
    public Optional<Kept> byId(String id) {
        return store.find(KIND, ID, id, "", 1).stream().findFirst().map(StoredShelf::kept);
    }

    private static Kept kept(Item item) {
        return Kept.of(item.key(), item.body(), item.version());
    }

    private Write write(Kept session) {
        String until = Item.Index.uniqueNumber(UNTIL, session.until(idle).toEpochMilli())
                .value();
        return new Write.Put(new Item(
                KIND,
                session.key(),
                session.version(),
                session.json(),
                List.of(
                        new Item.Index(ID, session.session().id(), true),
                        new Item.Index(ENTITY, session.session().principal().id(), false),
                        new Item.Index(UNTIL, until, false))));
    }

    @Override
    public List<Kept> ofEntity(String id, int most) {
        return store.find(KIND, ENTITY, id, "", most).stream()
                .map(StoredShelf::kept)
                .toList();
    }

    @Override
    public void put(Kept session, Optional<Kept> before) {
        List<Write> writes = new ArrayList<>();
        before.ifPresent(old -> writes.add(new Write.Delete(KIND, old.key(), old.version())));
        writes.add(write(session));
        try {
            store.commit(writes);
        } catch (Store.Conflict meanwhile) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "Somebody signed in or out here at this very moment.");
        }
    }

    @Override
    public boolean change(Kept session) {
        try {
            store.commit(List.of(write(session)));
            return true;
        } catch (Store.Conflict meanwhile) {
            return false;
        }
    }

    @Override
    public void touch(Kept session) {
        try {
            store.commit(List.of(write(session)));
        } catch (Store.Conflict | Refusal lost) {
            return; // its next use notes it
        }
    }

    @Override
    public boolean remove(Kept session, Cause cause) {
        for (Optional<Kept> now = Optional.of(session); now.isPresent(); now = get(session.key())) {
            try {
                List<Write> told = outbox.isAwaited() ? outbox.enclose(List.of(ended(session, cause))) : List.of();
                List<Write> writes = new ArrayList<>(told);
                writes.add(new Write.Delete(KIND, session.key(), now.get().version()));
                store.commit(writes);
                if (!told.isEmpty()) {
                    outbox.stored();
                }
                return true;
            } catch (Store.Conflict touched) {
                continue; // whoever touched it has not ended it
            }
        }
        return false;
    }

    private static Notice ended(Kept session, Cause cause) {
        Principal principal = session.session().principal();
        return new Notice(
                UUID.randomUUID().toString(),
                "session.ended",
                Instant.now(),
                cause == Cause.SIGNED_OUT ? principal.id() : "server",
                Map.of(
                        "entity", principal.id(),
                        "source", principal.source(),
                        "cause", cause.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    @Override
    public List<Kept> after(String key, int most) {
        return store.list(KIND, "", key, most).stream().map(StoredShelf::kept).toList();
    }

    @Override
    public List<Kept> endingBy(Instant then, int most) {
        long end = then.toEpochMilli();
        return store.scan(KIND, UNTIL, "", "", "", most).stream()
                .filter(hit -> Long.parseLong(hit.value()) <= end)
                .map(hit -> kept(hit.item()))
                .toList();
    }
}
