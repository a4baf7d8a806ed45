package org.latchkey.oauth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.service.Outbox;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;

/** Stores a change of an instance together with the notice that tells of it. */
public final class Telling {

    private final Store store;
    private final Outbox outbox;
    private final String instance;

    /** @param instance the mount of the instance, a fact of each notice */
    public Telling(Store store, Outbox outbox, String instance) {
        this.store = store;
        this.outbox = outbox;
        this.instance = instance;
    }

    /**
     * What is told.
     *
     * @param type such as {@code oauth.client-changed}
     * @param actor who caused it
     * @param facts besides the instance; none of them a secret, a code or a token
     */
    public record News(String type, String actor, Map<String, String> facts) {}

    /** Stores both or neither. */
    public void commit(Write write, News news) throws Store.Conflict {
        List<Write> writes = new ArrayList<>(List.of(write));
        List<Write> told = outbox.isAwaited() ? outbox.enclose(List.of(notice(news))) : List.of();
        writes.addAll(told);
        store.commit(writes);
        if (!told.isEmpty()) {
            outbox.stored();
        }
    }

    private Notice notice(News news) {
        Map<String, String> facts = new HashMap<>(news.facts());
        facts.put("instance", instance);
        return new Notice(UUID.randomUUID().toString(), news.type(), Instant.now(), news.actor(), facts);
    }
}
