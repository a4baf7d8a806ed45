package org.latchkey.procs.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.service.Audit;
import org.latchkey.api.service.AuditEvent;
import org.latchkey.api.store.Store;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.Execution;
import org.latchkey.procs.run.Order;
import org.latchkey.procs.run.Runs;
import org.latchkey.procs.store.Changes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has due schedules run. Every node does this on the same store: who takes a due moment first sees to it, and nobody again. So a moment
 * is seen to at most once: if the server dies between taking it and running the proc, that run does not take place. A moment that
 * nobody saw to in time, because all nodes were down, is made up once if it is not longer ago than the grace allows, and then
 * left out.
 */
final class Scheduler {

    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);

    private static final int LONGEST_VALUE = 256;

    private final Schedules schedules;
    private final Procs procs;
    private final Runs runs;
    private final OwnerCheck owners;
    private final Changes changes;
    private final Audit audit;
    private final Clock clock;
    private final Duration grace;

    Scheduler(
            Schedules schedules,
            Procs procs,
            Runs runs,
            OwnerCheck owners,
            Changes changes,
            Audit audit,
            Clock clock,
            Duration grace) {
        this.schedules = schedules;
        this.procs = procs;
        this.runs = runs;
        this.owners = owners;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
        this.grace = grace;
    }

    /** Sees to all that is due. */
    void tick() {
        schedules.due(clock.instant(), this::seeAlone);
    }

    /** What goes wrong with one holds up no other. */
    private void seeAlone(Schedule schedule) {
        try {
            see(schedule, clock.instant());
        } catch (RuntimeException failed) { // whatever is wrong with it
            log.atError()
                    .addKeyValue("schedule", schedule.id())
                    .setCause(failed)
                    .log("a schedule failed");
        }
    }

    private void see(Schedule schedule, Instant now) {
        if (!schedules.claim(schedule, now)) {
            return;
        }
        Instant due = schedule.times().next().orElse(now);
        if (due.plus(grace).isBefore(now)) {
            log.atWarn()
                    .addKeyValue("schedule", schedule.id())
                    .addKeyValue("due", due)
                    .log("a schedule was due while no server ran; it is left out");
            return;
        }
        Optional<Proc> proc = procs.find(schedule.plan().proc());
        Optional<String> objection =
                proc.isEmpty() ? Optional.of("its proc is gone") : objection(schedule, proc.get(), now);
        if (objection.isPresent()) {
            denied(schedule, objection.get());
        } else {
            run(schedule, proc.get());
        }
    }

    private Optional<String> objection(Schedule schedule, Proc proc, Instant now) {
        try {
            return owners.objection(schedule.owner(), proc.groups(), now);
        } catch (Refusal unknown) {
            return Optional.of("whether its owner may run this proc cannot be told: " + unknown.getMessage());
        }
    }

    private void run(Schedule schedule, Proc proc) {
        try {
            Execution execution = runs.begin(
                    new Order(proc, schedule.plan().args(), schedule.owner().id(), "", String.valueOf(schedule.id())));
            Map<String, String> facts = new TreeMap<>();
            facts.put("notification_emails", schedule.plan().emails());
            facts.put("Name", proc.name());
            facts.put("Args", args(schedule));
            facts.put("ID", String.valueOf(execution.id()));
            facts.put("Status", execution.status().name());
            tell(ScheduleNotices.FIRED, schedule, facts);
            record(schedule, Map.of("change", "fired", "proc", proc.name(), "execution", execution.id()));
        } catch (Refusal refusal) {
            denied(schedule, refusal.getMessage());
        }
    }

    private static String args(Schedule schedule) {
        Map<String, String> args = new TreeMap<>(schedule.plan().args());
        args.replaceAll((name, value) -> value.length() > LONGEST_VALUE ? "***" : value);
        return Json.map(args).toString();
    }

    /** It stays: who took the right away may give it back. */
    private void denied(Schedule schedule, String reason) {
        log.atWarn()
                .addKeyValue("schedule", schedule.id())
                .addKeyValue("owner", schedule.owner().id())
                .addKeyValue("reason", reason)
                .log("a schedule is due and does not run");
        tell(
                ScheduleNotices.DENIED,
                schedule,
                Map.of("notification_emails", schedule.plan().emails(), "reason", reason));
        record(schedule, Map.of("change", "denied", "proc", schedule.plan().proc(), "reason", reason));
    }

    private void tell(String type, Schedule schedule, Map<String, String> facts) {
        try {
            changes.commit(
                    List.of(),
                    List.of(ScheduleNotices.of(type, schedule, schedule.owner().id(), facts)));
        } catch (Store.Conflict impossible) {
            throw new IllegalStateException("a notice is new, so nobody can have been faster", impossible);
        } catch (Refusal unavailable) {
            log.atWarn()
                    .addKeyValue("schedule", schedule.id())
                    .addKeyValue("notice", type)
                    .addKeyValue("reason", unavailable.getMessage())
                    .log("a notice of a schedule is lost");
        }
    }

    /** Best effort: it has happened. */
    private void record(Schedule schedule, Map<String, Object> details) {
        Caller caller = new Caller(schedule.owner().id(), Set.of(), "schedule", Caller.LOCAL, false);
        audit.bestEffort().append(AuditEvent.of(ScheduleRoutes.AUDIT, caller, String.valueOf(schedule.id()), details));
    }
}
