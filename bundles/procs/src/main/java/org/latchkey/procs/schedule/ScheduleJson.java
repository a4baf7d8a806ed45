package org.latchkey.procs.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.store.Item;
import org.latchkey.procs.access.Visitor.Proof;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.schedule.Schedule.Plan;
import org.latchkey.procs.schedule.Schedule.Times;

/** A schedule as Proctor's clients know it, with a time zone and its moments besides; and as it is stored, with its owner. */
final class ScheduleJson {

    private static final String OWNER = "owner";

    private ScheduleJson() {}

    static ObjectNode write(Schedule schedule) {
        Plan plan = schedule.plan();
        ObjectNode json = Json.object();
        json.put("id", schedule.id());
        json.put("jobName", plan.proc());
        json.set("args", Json.map(plan.args()));
        json.put("tags", plan.tags());
        json.put("cron", plan.cron());
        json.put("time_zone", plan.zone().getId());
        json.put("notificationEmails", plan.emails());
        json.put("userEmail", schedule.owner().id());
        json.put("group", plan.group());
        json.put("enabled", plan.enabled());
        json.put("created_at", schedule.times().createdAt().toString());
        json.put("updated_at", schedule.times().updatedAt().toString());
        schedule.times().next().ifPresent(next -> json.put("next", next.toString()));
        schedule.times().fired().ifPresent(fired -> json.put("fired_at", fired.toString()));
        return json;
    }

    /** @param indexes what it is found by */
    static Item item(String kind, Schedule schedule, List<Item.Index> indexes) {
        Owner owner = schedule.owner();
        ObjectNode json = write(schedule);
        ObjectNode by = json.putObject(OWNER);
        by.put("source", owner.source());
        by.put("number", owner.number());
        by.set("groups", Json.texts(owner.groups()));
        by.put("proof", owner.proof().name());
        by.put("seen_at", owner.seenAt().toString());
        return new Item(kind, String.valueOf(schedule.id()), schedule.version(), json.toString(), indexes);
    }

    static Schedule read(Item item) {
        JsonNode json = Json.stored(item.body());
        Plan plan = new Plan(
                text(json, "jobName"),
                args(json.get("args")),
                text(json, "cron"),
                ZoneId.of(text(json, "time_zone")),
                text(json, "tags"),
                text(json, "notificationEmails"),
                text(json, "group"),
                json.get("enabled").booleanValue());
        Times times = new Times(
                Instant.parse(text(json, "created_at")),
                Instant.parse(text(json, "updated_at")),
                moment(json, "next"),
                moment(json, "fired_at"));
        return new Schedule(json.get("id").longValue(), item.version(), plan, owner(json), times);
    }

    private static Owner owner(JsonNode json) {
        JsonNode by = json.get(OWNER);
        Set<String> groups = new LinkedHashSet<>();
        by.get("groups").forEach(each -> groups.add(each.textValue()));
        return new Owner(
                text(json, "userEmail"),
                text(by, "source"),
                by.get("number").longValue(),
                groups,
                Proof.valueOf(text(by, "proof")),
                Instant.parse(text(by, "seen_at")));
    }

    private static Map<String, String> args(JsonNode json) {
        Map<String, String> args = new LinkedHashMap<>();
        json.properties()
                .forEach(each -> args.put(each.getKey(), each.getValue().textValue()));
        return args;
    }

    private static Optional<Instant> moment(JsonNode json, String name) {
        return json.has(name) ? Optional.of(Instant.parse(text(json, name))) : Optional.empty();
    }

    private static String text(JsonNode json, String name) {
        return json.get(name).textValue();
    }
}
