package org.latchkey.procs.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.latchkey.api.service.Outbound;
import org.latchkey.api.service.Outbound.Answer;
import org.latchkey.api.service.Outbound.Call;
import org.latchkey.api.service.Outbound.Failure;
import org.latchkey.api.service.Outbound.NamedBy;
import org.latchkey.api.service.Outbound.Result;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.run.Crew;
import org.latchkey.procs.run.EndingListener;
import org.latchkey.procs.run.Execution;
import org.latchkey.procs.run.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever had a proc run, at the URL they named, that it has ended: {@code POST {"id", "name", "status"}}. What is to be told is
 * stored in the commit of the end, so it is told although the server dies, and at least once; the header {@code Delivery-Id}
 * is the same each time. Whoever does not take it is told again, later and later, and after the last time no more. URLs come from
 * requests, so {@link Outbound} calls only what those may name.
 */
public final class Callbacks implements EndingListener {

    private static final Logger log = LoggerFactory.getLogger(Callbacks.class);

    private static final String KIND = "proccallback";
    private static final String DUE = "due";
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BATCH = 50;

    /** Between one try and the next. The last is for a node that dies during the last try. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofMinutes(5));

    private final Store store;
    private final Outbound.Lane lane;
    private final Crew crew;
    private final Clock clock;
    private final Turn turn = new Turn("callbacks", this::tick);

    /** @param lane is closed by whoever opened it */
    public Callbacks(Store store, Outbound.Lane lane, Crew crew, Clock clock) {
        this.store = store;
        this.lane = lane;
        this.crew = crew;
        this.clock = clock;
    }

    /** Begins to tell what is stored; not on a node that only reads. */
    public void begin() {
        crew.every(LOOK, () -> crew.execute(turn));
    }

    @Override
    public List<Write> along(Execution ended) {
        if (ended.wish().callbackUrl().isEmpty()) {
            return List.of();
        }
        ObjectNode body = Json.object();
        body.put("url", ended.wish().callbackUrl());
        body.put("name", ended.proc());
        body.put("status", ended.status().name());
        body.put("tries", 0);
        Instant now = clock.instant();
        return List.of(new Write.Put(item(String.valueOf(ended.id()), 0, body, now)));
    }

    @Override
    public void ended(Execution ended) {
        if (!ended.wish().callbackUrl().isEmpty()) {
            crew.execute(turn);
        }
    }

    private static Item item(String key, long version, JsonNode body, Instant due) {
        return new Item(
                KIND,
                key,
                version,
                body.toString(),
                List.of(new Item.Index(DUE, String.format("%019d", due.toEpochMilli()), false)));
    }

    /** Tells what is due now. */
    void tick() {
        String limit = String.format("%019d", clock.instant().toEpochMilli());
        store.scan(KIND, DUE, "", "", "", BATCH).stream()
                .takeWhile(hit -> hit.value().compareTo(limit) <= 0)
                .forEach(hit -> tell(hit.item()));
    }

    /** First takes it upon this node, by putting off the next try: no other one tells it at the same time. */
    private void tell(Item item) {
        ObjectNode body = (ObjectNode) Json.stored(item.body());
        int tries = body.get("tries").intValue();
        try {
            if (tries >= PAUSES.size()) {
                giveUp(item, "it was tried " + tries + " times");
                return;
            }
            body.put("tries", tries + 1);
            Item claimed =
                    item(item.key(), item.version(), body, clock.instant().plus(PAUSES.get(tries)));
            store.commit(List.of(new Write.Put(claimed)));
            Item next = item(item.key(), item.version() + 1, body, clock.instant());
            lane.tell(call(item.key(), body), result -> came(next, tries + 1, result));
        } catch (Store.Conflict other) {
            log.atDebug().addKeyValue("execution", item.key()).log("another node tells it");
        }
    }

    private static Call call(String id, JsonNode body) {
        ObjectNode told = Json.object();
        told.put("id", Long.parseLong(id));
        told.put("name", body.get("name").textValue());
        told.put("status", body.get("status").textValue());
        return Call.post(body.get("url").textValue(), NamedBy.REQUEST, Outbound.Content.json(told.toString()))
                .withHeader("Delivery-Id", id)
                .within(LIMIT);
    }

    private void came(Item item, int tries, Result result) {
        boolean last = tries >= PAUSES.size();
        try {
            if (result instanceof Answer answer && answer.status() / 100 == 2) {
                remove(item);
            } else if (last || isFinal(result)) {
                giveUp(item, reason(result));
            } else {
                log.atInfo()
                        .addKeyValue("execution", item.key())
                        .addKeyValue("reason", reason(result))
                        .log("the end of a run is told again later");
            }
        } catch (Store.Conflict other) {
            log.atDebug().addKeyValue("execution", item.key()).log("another node has told it meanwhile");
        }
    }

    /** Of what another try would not change. */
    private static boolean isFinal(Result result) {
        if (result instanceof Answer answer) {
            int status = answer.status();
            return status < 500 && status != 408 && status != 429;
        }
        return result instanceof Failure failure && failure.why() == Failure.Why.REFUSED;
    }

    private static String reason(Result result) {
        return result instanceof Failure failure ? failure.reason() : "status " + ((Answer) result).status();
    }

    private void giveUp(Item item, String reason) throws Store.Conflict {
        remove(item);
        log.atWarn()
                .addKeyValue("execution", item.key())
                .addKeyValue("reason", reason)
                .log("the end of a run could not be told to its callback");
    }

    private void remove(Item item) throws Store.Conflict {
        store.commit(List.of(new Write.Delete(KIND, item.key(), item.version())));
    }
}
