package org.latchkey.procs.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Sealing;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.notice.Notices;
import org.latchkey.procs.proc.Dependents;
import org.latchkey.procs.store.Changes;

/** The secrets of procs: sealed in the store, and given to runs only. */
public final class ProcSecrets implements Dependents {

    private static final String KIND = "procsecret";
    private static final int MOST_TRIES = 10;

    private final Store store;
    private final Changes changes;
    private final Sealing sealing;

    public ProcSecrets(Store store, Changes changes, Sealing sealing) {
        this.store = store;
        this.changes = changes;
        this.sealing = sealing;
    }

    /** Replaces all secrets of a proc. */
    public void put(String proc, Map<String, String> secrets, String actor) {
        String sealed = seal(place(proc), secrets);
        retried(
                proc,
                actor,
                String.join(",", new TreeMap<>(secrets).keySet()),
                stored -> new Write.Put(new Item(
                        KIND,
                        proc,
                        stored.map(Item::version).orElse(0L),
                        Json.object().put("sealed", sealed).toString(),
                        List.of())));
    }

    /** @throws Refusal (NOT_FOUND) if none are stored */
    public void remove(String proc, String actor) {
        retried(proc, actor, "", stored -> stored.map(ProcSecrets::removal)
                .orElseThrow(() -> Refusal.notFound("secret of proc", proc)));
    }

    private static Write removal(Item item) {
        return new Write.Delete(KIND, item.key(), item.version());
    }

    /** What changes the item of a proc's secrets. */
    private interface Change {
        Write of(Optional<Item> stored);
    }

    private void retried(String proc, String actor, String names, Change change) {
        for (int tries = 1; ; tries++) {
            Write write = change.of(store.get(KIND, proc));
            try {
                changes.commit(
                        List.of(write),
                        List.of(Notices.of(Notices.SECRET_CHANGED, actor, Map.of("proc", proc, "secrets", names))));
                return;
            } catch (Store.Conflict faster) {
                if (tries == MOST_TRIES) {
                    throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "Somebody else changed it at the same time.");
                }
            }
        }
    }

    @Override
    public List<Write> removedWith(String proc) {
        return store.get(KIND, proc).map(ProcSecrets::removal).map(List::of).orElse(List.of());
    }

    /** All that are stored for a proc; none if nothing is. */
    public Map<String, String> of(String proc) {
        return store.get(KIND, proc)
                .map(item ->
                        open(place(proc), Json.stored(item.body()).get("sealed").textValue()))
                .orElse(Map.of());
    }

    private static String place(String proc) {
        return KIND + "/" + proc;
    }

    /** Seals what one run gets, so that it is known for as long as the run lasts. */
    public String sealForRun(long run, Map<String, String> secrets) {
        return secrets.isEmpty() ? "" : seal(placeOfRun(run), secrets);
    }

    /** @throws Refusal (UNAVAILABLE) if this server has not the key it was sealed with */
    public Map<String, String> openForRun(long run, String sealed) {
        return sealed.isEmpty() ? Map.of() : open(placeOfRun(run), sealed);
    }

    private static String placeOfRun(long run) {
        return "procrun/" + run;
    }

    private String seal(String place, Map<String, String> secrets) {
        return sealing.seal(place, Json.map(secrets).toString().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> open(String place, String sealed) {
        String text = new String(sealing.open(place, sealed), StandardCharsets.UTF_8);
        Map<String, String> secrets = new LinkedHashMap<>();
        Json.stored(text)
                .properties()
                .forEach(each -> secrets.put(each.getKey(), each.getValue().textValue()));
        return secrets;
    }

    /** The names that a proc declares and that are not among these. */
    public static List<String> missing(Iterable<String> declared, Map<String, String> stored) {
        List<String> missing = new ArrayList<>();
        declared.forEach(name -> {
            if (!stored.containsKey(name)) {
                missing.add(name);
            }
        });
        return missing;
    }
}
