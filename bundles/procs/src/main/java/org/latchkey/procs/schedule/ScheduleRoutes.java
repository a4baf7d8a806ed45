package org.latchkey.procs.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Response;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.http.Records;
import org.latchkey.procs.http.RouteSource;
import org.latchkey.procs.http.Routes;
import org.latchkey.procs.http.Routes.Audience;
import org.latchkey.procs.http.Visit;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.schedule.Schedule.Plan;

/** {@code /schedule}: for those who may run the proc. Whoever changes a schedule owns it from then on. */
final class ScheduleRoutes implements RouteSource {

    static final String AUDIT = "procs.schedule";

    private static final long LONGEST_BODY = 256 * 1024;
    private static final Set<String> SHOWN = Set.of("true", "false", "any");

    private final Schedules schedules;
    private final Procs procs;
    private final Access access;
    private final Records records;
    private final OwnerCheck owners;
    private final PlanReader reader;
    private final Clock clock;

    ScheduleRoutes(
            Schedules schedules,
            Procs procs,
            Access access,
            Records records,
            OwnerCheck owners,
            PlanReader reader,
            Clock clock) {
        this.schedules = schedules;
        this.procs = procs;
        this.access = access;
        this.records = records;
        this.owners = owners;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public void addTo(Routes routes) {
        routes.add("POST", "/schedule", Audience.SIGNED_IN, this::create)
                .add("GET", "/schedule", Audience.SIGNED_IN, this::list)
                .add("GET", "/schedule/{id}", Audience.SIGNED_IN, this::one)
                .add("PUT", "/schedule/{id}", Audience.SIGNED_IN, this::replace)
                .add("PATCH", "/schedule/{id}", Audience.SIGNED_IN, this::merge)
                .add("DELETE", "/schedule/{id}", Audience.SIGNED_IN, this::remove);
    }

    private Response create(Visit visit) throws IOException {
        JsonNode body = visit.json(LONGEST_BODY);
        Instant now = clock.instant();
        Plan plan = reader.plan(body, permitted(visit, reader.proc(body)), now);
        records.requireAvailable();
        Schedule made = schedules.create(plan, owner(visit, now), now);
        record(visit, made, "created");
        return Json.answer(201, ScheduleJson.write(made));
    }

    /** The proc, if they may run it. */
    private Proc permitted(Visit visit, String name) {
        Proc proc = procs.require(name);
        access.requireMember(visit.visitor(), proc);
        return proc;
    }

    private Owner owner(Visit visit, Instant now) {
        return Owner.of(visit.visitor(), owners.number(visit.visitor().principal()), now);
    }

    /** As with Proctor those that are enabled, and 204 if there are none; {@code ?enabled=any} shows all. */
    private Response list(Visit visit) {
        String shown = visit.query("enabled").orElse("true");
        if (!SHOWN.contains(shown)) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "\"enabled\" must be true, false or any.");
        }
        ArrayNode list = Json.array();
        for (Schedule schedule : schedules.all()) {
            boolean wanted = shown.equals("any")
                    || shown.equals(String.valueOf(schedule.plan().enabled()));
            if (wanted && isPermitted(visit, schedule)) {
                list.add(ScheduleJson.write(schedule));
            }
        }
        return list.isEmpty() ? Response.empty(204) : Json.answer(200, list);
    }

    private boolean isPermitted(Visit visit, Schedule schedule) {
        return procs.find(schedule.plan().proc())
                .filter(proc -> access.permits(visit.visitor(), proc.groups()))
                .isPresent();
    }

    private Response one(Visit visit) {
        return Json.answer(200, ScheduleJson.write(existing(visit)));
    }

    private Schedule existing(Visit visit) {
        Schedule schedule = schedules.require(id(visit));
        permitted(visit, schedule.plan().proc());
        return schedule;
    }

    private static long id(Visit visit) {
        String text = visit.variable("id");
        if (!text.matches("[0-9]{1,16}")) {
            throw Refusal.of(Refusal.Kind.INVALID, "invalid", "\"id\" must be the number of a schedule.");
        }
        return Long.parseLong(text);
    }

    private Response replace(Visit visit) throws IOException {
        return change(visit, existing(visit), visit.json(LONGEST_BODY));
    }

    /** What is not given stays (RFC 7396, but for {@code args}, which is given whole). */
    private Response merge(Visit visit) throws IOException {
        Schedule schedule = existing(visit);
        JsonNode given = visit.json(LONGEST_BODY);
        if (!given.isObject()) {
            throw Refusal.invalid("", "This must be an object.");
        }
        ObjectNode merged = ScheduleJson.write(schedule);
        merged.setAll((ObjectNode) given);
        return change(visit, schedule, merged);
    }

    private Response change(Visit visit, Schedule schedule, JsonNode wanted) {
        if (!reader.proc(wanted).equals(schedule.plan().proc())) {
            throw Refusal.invalid("/jobName", "A schedule keeps its proc; make another one.");
        }
        Instant now = clock.instant();
        Plan plan = reader.plan(wanted, permitted(visit, schedule.plan().proc()), now);
        records.requireAvailable();
        Schedule changed = schedules.change(schedule.id(), plan, owner(visit, now), now);
        record(visit, changed, "changed");
        return Json.answer(200, ScheduleJson.write(changed));
    }

    /** 200 with a text, which Proctor's client waits for. */
    private Response remove(Visit visit) {
        Schedule schedule = existing(visit);
        records.requireAvailable();
        schedules.remove(schedule.id(), visit.visitor().id());
        record(visit, schedule, "removed");
        return Response.text(200, "Schedule " + schedule.id() + " is removed.");
    }

    private void record(Visit visit, Schedule schedule, String change) {
        Map<String, Object> details = Map.of(
                "change", change,
                "proc", schedule.plan().proc(),
                "cron", schedule.plan().cron(),
                "args", List.copyOf(schedule.plan().args().keySet()),
                "enabled", schedule.plan().enabled());
        records.append(AUDIT, visit.visitor(), String.valueOf(schedule.id()), details);
    }
}
