package org.latchkey.procs.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.api.store.Store;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.callback.CallbackUrls;
import org.latchkey.procs.http.Routes.Audience;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.json.Members;
import org.latchkey.procs.notice.Notices;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.Execution;
import org.latchkey.procs.run.ExecutionJson;
import org.latchkey.procs.run.Order;
import org.latchkey.procs.run.RunStore;
import org.latchkey.procs.run.Runs;
import org.latchkey.procs.run.Status;
import org.latchkey.procs.store.Changes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs: {@code /execution}. The proc that is allowed is the one that is run: it is read once. */
public final class ExecutionRoutes implements RouteSource {

    private static final Logger log = LoggerFactory.getLogger(ExecutionRoutes.class);
    private static final Set<String> KNOWN = Set.of("name", "jobName", "args", "callback_url", "image_tag");
    private static final long LONGEST_BODY = 1024 * 1024;
    private static final int MOST_ARGS = 100;
    private static final int LONGEST_ARG = 64 * 1024;
    private static final int LONGEST_NAME = 1000;
    private static final int LONGEST_URL = 2048;
    private static final int MOST_RUNS = 200;
    private static final int USUAL_RUNS = 50;
    private static final int MOST_LOOKED_AT = 1000;

    private final Procs procs;
    private final Runs runs;
    private final RunStore stored;
    private final RunAccess runAccess;
    private final Access access;
    private final Records records;
    private final Changes changes;
    private final CallbackUrls callbacks;

    public ExecutionRoutes(
            Procs procs,
            Runs runs,
            RunStore stored,
            Access access,
            Records records,
            Changes changes,
            CallbackUrls callbacks) {
        this.procs = procs;
        this.runs = runs;
        this.stored = stored;
        this.runAccess = new RunAccess(procs, stored, access);
        this.access = access;
        this.records = records;
        this.changes = changes;
        this.callbacks = callbacks;
    }

    @Override
    public void addTo(Routes routes) {
        routes.add("POST", "/execution", Audience.SIGNED_IN, this::execute)
                .add("GET", "/execution", Audience.SIGNED_IN, this::list)
                .add("GET", "/execution/{id}/status", Audience.SIGNED_IN, this::status)
                .add("POST", "/execution/{id}/stop", Audience.SIGNED_IN, this::stop);
    }

    private Response execute(Visit visit) throws IOException {
        Members members = Members.of("", visit.json(LONGEST_BODY), KNOWN);
        Proc proc = procs.require(name(members));
        allow(visit.visitor(), proc);
        Order order = new Order(
                proc,
                members.map("args", MOST_ARGS, LONGEST_ARG),
                visit.visitor().id(),
                callback(members),
                "");
        checkImage(members, proc);
        records.requireAvailable();
        Execution run = runs.begin(order);
        records.append(
                "procs.execute",
                visit.visitor(),
                proc.name(),
                Map.of(
                        "execution",
                        run.id(),
                        "status",
                        run.status().name(),
                        "args",
                        List.copyOf(run.wish().args().keySet())));
        return Json.answer(201, ExecutionJson.shown(run));
    }

    /** Proctor's clients send the one, its schedules the other; whoever sends both wants us to mistake one for the other. */
    private static String name(Members members) {
        if (members.has("name") && members.has("jobName")) {
            throw Refusal.invalid("/jobName", "Send either name or jobName.");
        }
        String member = members.has("jobName") ? "jobName" : "name";
        String name = members.text(member, LONGEST_NAME);
        if (name.isEmpty()) {
            throw Refusal.invalid("/name", "This member is required.");
        }
        return name;
    }

    private String callback(Members members) {
        String url = members.text("callback_url", LONGEST_URL);
        return callbacks.checked("/callback_url", url);
    }

    /** A client may say which image it expects, but not choose one: it would get the secrets of the proc. */
    private static void checkImage(Members members, Proc proc) {
        String image = members.text("image_tag", LONGEST_NAME);
        if (!image.isEmpty() && !image.equals(proc.image())) {
            throw Refusal.invalid("/image_tag", "The proc has another image.");
        }
    }

    private void allow(Visitor visitor, Proc proc) {
        try {
            access.requireMember(visitor, proc);
        } catch (Refusal denied) {
            tellDenied(visitor, proc, denied);
            throw denied;
        }
    }

    private void tellDenied(Visitor visitor, Proc proc, Refusal denied) {
        try {
            changes.commit(
                    List.of(),
                    List.of(Notices.of(
                            Notices.DENIED,
                            visitor.id(),
                            Map.of("proc", proc.name(), "user", visitor.id(), "reason", denied.getMessage()))));
        } catch (Store.Conflict | Refusal lost) {
            log.atWarn().addKeyValue("notice", Notices.DENIED).setCause(lost).log("a notice is lost");
        }
    }

    private Response status(Visit visit) {
        return Json.answer(200, ExecutionJson.shown(runAccess.require(visit.visitor(), visit.id("id"))));
    }

    private Response stop(Visit visit) {
        Execution run = runAccess.require(visit.visitor(), visit.id("id"));
        records.requireAvailable();
        Execution stopped = runs.stop(run.id(), visit.visitor().id());
        records.append("procs.stop", visit.visitor(), run.proc(), Map.of("execution", run.id()));
        return Json.answer(202, ExecutionJson.shown(stopped));
    }

    /** The runs that they may see, the newest first; a page may have few of them and still not be the last. */
    private Response list(Visit visit) {
        Optional<String> proc = visit.query("proc");
        Optional<Status> status = visit.query("status").map(ExecutionRoutes::status);
        int limit = visit.query("limit").map(ExecutionRoutes::limit).orElse(USUAL_RUNS);
        Optional<Long> before = visit.query("cursor").map(text -> Visit.id("cursor", text));
        Predicate<Execution> visible = runAccess.visibleTo(visit.visitor());
        ArrayNode shown = Json.array();
        int looked = 0;
        boolean more = true;
        while (more && shown.size() < limit && looked < MOST_LOOKED_AT) {
            List<Execution> page = stored.page(proc, status, before, MOST_RUNS);
            more = page.size() == MOST_RUNS;
            for (Execution run : page) {
                if (shown.size() == limit) {
                    more = true;
                    break;
                }
                looked++;
                before = Optional.of(run.id());
                if (status.filter(each -> each != run.status()).isEmpty() && visible.test(run)) {
                    shown.add(ExecutionJson.shown(run));
                }
            }
        }
        return Json.answer(200, page(shown, more ? before : Optional.empty()));
    }

    private static JsonNode page(ArrayNode shown, Optional<Long> next) {
        ObjectNode page = Json.object();
        page.set("executions", shown);
        next.ifPresent(id -> page.put("next", Long.toString(id)));
        return page;
    }

    private static Status status(String text) {
        return Status.named(text)
                .orElseThrow(() -> Refusal.of(Refusal.Kind.INVALID, "invalid", "There is no such status."));
    }

    private static int limit(String text) {
        long limit = Visit.id("limit", text);
        if (limit < 1 || limit > MOST_RUNS) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "\"limit\" is from 1 to " + MOST_RUNS + ".");
        }
        return (int) limit;
    }
}
