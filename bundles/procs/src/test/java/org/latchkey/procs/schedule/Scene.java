package org.latchkey.procs.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Group;
import org.latchkey.api.Principal;
import org.latchkey.api.Refusal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.http.Request;
import org.latchkey.api.http.Response;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Explanation;
import org.latchkey.procs.access.Access;
import org.latchkey.procs.access.ClientVersion;
import org.latchkey.procs.access.Visitor;
import org.latchkey.procs.access.Visitor.Proof;
import org.latchkey.procs.access.Vouchers;
import org.latchkey.procs.http.Door;
import org.latchkey.procs.http.Records;
import org.latchkey.procs.http.RefusalLog;
import org.latchkey.procs.http.Routes;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.proc.ProcJson;
import org.latchkey.procs.proc.Procs;
import org.latchkey.procs.run.Execution;
import org.latchkey.procs.run.Order;
import org.latchkey.procs.run.Runs;
import org.latchkey.procs.run.Status;
import org.latchkey.procs.store.Changes;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryOutbox;
import org.latchkey.testkit.MemoryStore;
import org.latchkey.testkit.MovableClock;

/** A server with the proc {@code deploy} for the group {@code ops}, in which {@code ada} is, on 1 January 2026 at 00:00:30. */
final class Scene implements Runs {

    final MemoryStore store = new MemoryStore();
    final MemoryOutbox outbox = new MemoryOutbox();
    final MemoryAudit audit = new MemoryAudit();
    final MemoryDirectory directory = new MemoryDirectory();
    final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:30Z"));
    final List<Order> begun = new ArrayList<>();
    final Changes changes = new Changes(store, outbox);
    final Schedules schedules = new Schedules(store, changes);
    final Procs procs = new Procs(store, changes, List.of(schedules));
    final AnyGroup people = new AnyGroup();
    Set<String> chosen = Set.of();
    final Access access = new Access(people, Set.of("admins"));
    final Scheduler scheduler = scheduler();

    Visitor visitor = ofDirectory("ada");
    Optional<Refusal> refusal = Optional.empty();
    private OwnerCheck.Guard guard = OwnerCheck.Guard.ON;

    Scene() {
        directory.groups.put("ops", Group.named("ops"));
        directory.entities.put("ada", Entity.named("ada").withNumber(7).withGroups(Set.of("ops")));
        directory.entities.put("bob", Entity.named("bob").withNumber(8));
        put("deploy", "ops");
    }

    void put(String name, String group) {
        JsonNode proc = Json.stored("{\"name\":\"" + name + "\",\"authorized_groups\":[\"" + group
                + "\"],\"env_vars\":{\"args\":[{\"name\":\"STAGE\",\"description\":\"\"}]}}");
        procs.put(List.of(ProcJson.read("", proc)), "root");
    }

    Visitor ofDirectory(String id) {
        Set<String> groups = directory.entity(id).isPresent() ? directory.groupsOf(id) : Set.of("ops");
        return visitor(id, "directory", groups, Proof.SHOWN);
    }

    static Visitor visitor(String id, String source, Set<String> groups, Proof proof) {
        Principal principal = new Principal(id, source, groups, Set.of());
        return new Visitor(principal, new Caller(id, Set.<Capability>of(), "request1", "192.0.2.1", false), proof);
    }

    /** From now on people need not prove who they are. */
    void unguarded() {
        guard = OwnerCheck.Guard.OFF;
    }

    /** That of another node on the same store. */
    Scheduler scheduler() {
        return new Scheduler(schedules, procs, this, owners(), changes, audit, clock, Duration.ofSeconds(60));
    }

    private OwnerCheck owners() {
        return new OwnerCheck(directory, access, new Vouchers(people, chosen), guard, Duration.ofDays(30));
    }

    Response asks(String method, String path, Map<String, List<String>> query, String body) throws IOException {
        Routes routes = new Routes();
        new ScheduleRoutes(
                        schedules, procs, access, new Records(audit), owners(), new PlanReader(ZoneId.of("UTC")), clock)
                .addTo(routes);
        Request request = new Asked(method, path, query, body);
        return new Door(routes, new ClientVersion(""), any -> visitor, access, new RefusalLog(audit)).answer(request);
    }

    JsonNode json(String method, String path, String body) throws IOException {
        Response response = asks(method, path, Map.of(), body);
        return Json.stored(new String(response.body(), StandardCharsets.UTF_8));
    }

    static ObjectNode wish(String cron) {
        ObjectNode wish = Json.object();
        wish.put("jobName", "deploy").put("cron", cron).put("tags", "night").put("group", "ops");
        wish.put("notificationEmails", "ops@example.org").set("args", Json.map(Map.of("STAGE", "test")));
        return wish;
    }

    /** The id of a schedule that is made. */
    long made(String cron) throws IOException {
        return json("POST", "/schedule", wish(cron).toString()).get("id").longValue();
    }

    void passes(Duration time) {
        clock.advance(time);
        scheduler.tick();
    }

    List<String> notices(String type) {
        return outbox.notices().stream()
                .filter(notice -> notice.type().equals(type))
                .map(notice -> notice.content().toString())
                .toList();
    }

    @Override
    public Execution begin(Order order) {
        refusal.ifPresent(no -> {
            throw no;
        });
        begun.add(order);
        Execution.Wish wish = new Execution.Wish(
                order.proc().name(),
                order.proc().incarnation(),
                "name",
                "",
                List.of(),
                order.proc().groups(),
                order.args(),
                order.user(),
                "",
                60,
                "",
                order.scheduleId(),
                "");
        Execution.Course course = new Execution.Course(
                Status.CREATED,
                clock.instant(),
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                "",
                "");
        return new Execution(99, 1, wish, course, new Execution.Watching("", 0, "", 0, 0, 0));
    }

    @Override
    public Optional<Execution> find(long id) {
        return Optional.empty();
    }

    @Override
    public Execution stop(long id, String user) {
        throw new UnsupportedOperationException();
    }

    /** The rule for groups, without anybody who denies. */
    static final class AnyGroup implements Authentication {

        Optional<Refusal> fault = Optional.empty();

        /** Those that are there. */
        final Set<String> sources = new HashSet<>(Set.of("directory", "gate", "ldap"));

        @Override
        public boolean vouches(String source, Set<String> authenticators) {
            return sources.contains(source) && (authenticators.isEmpty() || authenticators.contains(source));
        }

        @Override
        public Optional<Principal> authenticate(Attempt attempt) {
            return Optional.empty();
        }

        @Override
        public Optional<Principal> authenticate(Attempt attempt, Set<String> judges) {
            return Optional.empty();
        }

        @Override
        public boolean permits(Caller caller, Principal principal, Set<String> groups) {
            return groups.isEmpty() || groups.stream().anyMatch(principal.groups()::contains);
        }

        @Override
        public Decision decide(Caller caller, Principal principal, Set<String> groups) {
            fault.ifPresent(refusal -> {
                throw refusal;
            });
            return permits(caller, principal, groups) ? Decision.PERMITTED : Decision.DENIED;
        }

        @Override
        public Explanation explain(String id) {
            throw new UnsupportedOperationException();
        }
    }
}
