package org.latchkey.procs.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.store.Item;
import org.latchkey.api.store.Store;
import org.latchkey.api.store.Write;
import org.latchkey.procs.notice.Notices;
import org.latchkey.procs.store.Changes;

/** The procs in the store. */
public final class Procs {

    static final String KIND = "proc";

    private static final int PAGE = 500;
    private static final int MOST_TRIES = 10;

    private final Store store;
    private final Changes changes;
    private final List<Dependents> dependents;

    /** @param dependents what goes with a proc that is removed */
    public Procs(Store store, Changes changes, List<Dependents> dependents) {
        this.store = store;
        this.changes = changes;
        this.dependents = List.copyOf(dependents);
    }

    public Optional<Proc> find(String name) {
        return ProcJson.isName(name) ? store.get(KIND, name).map(Procs::read) : Optional.empty();
    }

    /** @throws Refusal (NOT_FOUND) if there is none of that name */
    public Proc require(String name) {
        return find(name).orElseThrow(() -> Refusal.notFound("proc", name));
    }

    /** All of them, by name. */
    public List<Proc> all() {
        List<Proc> all = new ArrayList<>();
        String after = "";
        while (true) {
            List<Item> page = store.list(KIND, "", after, PAGE);
            page.forEach(item -> all.add(read(item)));
            if (page.size() < PAGE) {
                return all;
            }
            after = page.get(page.size() - 1).key();
        }
    }

    private static Proc read(Item item) {
        return ProcJson.readStored(item.body());
    }

    /** Stores all of them or none, in place of those of the same names. */
    public void put(List<Proc> procs, String actor) {
        retried(() -> {
            List<Write> writes = new ArrayList<>();
            List<Notice> notices = new ArrayList<>();
            for (Proc proc : procs) {
                Optional<Item> before = store.get(KIND, proc.name());
                String incarnation = before.map(item -> ProcJson.incarnation(item.body()))
                        .orElseGet(() -> UUID.randomUUID().toString());
                String body = ProcJson.stored(proc.as(incarnation));
                if (before.filter(item -> item.body().equals(body)).isEmpty()) {
                    writes.add(new Write.Put(new Item(
                            KIND, proc.name(), before.map(Item::version).orElse(0L), body, List.of())));
                    notices.add(Notices.of(Notices.PROC_CHANGED, actor, Map.of("proc", proc.name())));
                }
            }
            changes.commit(writes, notices);
        });
    }

    /** @throws Refusal (NOT_FOUND) if there is none of that name */
    public void remove(String name, String actor) {
        retried(() -> {
            Item item = Optional.of(name)
                    .filter(ProcJson::isName)
                    .flatMap(each -> store.get(KIND, each))
                    .orElseThrow(() -> Refusal.notFound("proc", name));
            List<Write> writes = new ArrayList<>();
            writes.add(new Write.Delete(KIND, name, item.version()));
            dependents.forEach(each -> writes.addAll(each.removedWith(name)));
            changes.commit(writes, List.of(Notices.of(Notices.PROC_REMOVED, actor, Map.of("proc", name))));
        });
    }

    private interface Attempt {
        void run() throws Store.Conflict;
    }

    private static void retried(Attempt attempt) {
        for (int tries = 1; ; tries++) {
            try {
                attempt.run();
                return;
            } catch (Store.Conflict faster) {
                if (tries == MOST_TRIES) {
                    throw Refusal.of(Refusal.Kind.CONFLICT, "conflict", "Somebody else changed it at the same time.");
                }
            }
        }
    }
}
