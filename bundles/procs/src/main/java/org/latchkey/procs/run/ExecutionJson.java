package org.latchkey.procs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.run.Execution.Course;
import org.latchkey.procs.run.Execution.Watching;
import org.latchkey.procs.run.Execution.Wish;

/** The JSON forms of a run. */
public final class ExecutionJson {

    private ExecutionJson() {}

    /** As it is shown: Proctor's seven members, and what is known of its end. */
    public static ObjectNode shown(Execution run) {
        Course course = run.course();
        ObjectNode json = Json.object()
                .put("id", run.id())
                .put("job_name", run.wish().proc())
                .put("name", run.wish().name())
                .put("image_tag", run.wish().image())
                .put("created_at", course.createdAt().toString())
                .put("updated_at", course.updatedAt().toString())
                .put("status", course.status().name())
                .put("user", run.wish().user());
        course.startedAt().ifPresent(at -> json.put("started_at", at.toString()));
        course.endedAt().ifPresent(at -> json.put("ended_at", at.toString()));
        course.exitCode().ifPresent(code -> json.put("exit_code", code));
        if (!course.reason().isEmpty()) {
            json.put("reason", course.reason());
        }
        if (!course.stopBy().isEmpty()) {
            json.put("stop_requested_by", course.stopBy());
        }
        if (!run.wish().scheduleId().isEmpty()) {
            json.put("schedule_id", run.wish().scheduleId());
        }
        return json;
    }

    static String stored(Execution run) {
        ObjectNode json = Json.object().put("id", run.id());
        write(json, run.wish());
        write(json, run.course());
        write(json, run.watch());
        return json.toString();
    }

    private static void write(ObjectNode json, Wish wish) {
        json.put("proc", wish.proc())
                .put("incarnation", wish.incarnation())
                .put("name", wish.name())
                .put("image", wish.image());
        json.set("command", Json.texts(wish.command()));
        json.set("groups", Json.texts(wish.groups()));
        json.set("args", Json.map(wish.args()));
        json.put("user", wish.user())
                .put("executor", wish.executor())
                .put("limit", wish.limitSeconds())
                .put("callback_url", wish.callbackUrl())
                .put("schedule", wish.scheduleId())
                .put("sealed", wish.sealed());
    }

    private static void write(ObjectNode json, Course course) {
        json.put("status", course.status().name())
                .put("created", course.createdAt().toString())
                .put("updated", course.updatedAt().toString())
                .put("reason", course.reason())
                .put("stop_by", course.stopBy());
        course.startedAt().ifPresent(at -> json.put("started", at.toString()));
        course.endedAt().ifPresent(at -> json.put("ended", at.toString()));
        course.exitCode().ifPresent(code -> json.put("exit_code", code));
    }

    private static void write(ObjectNode json, Watching watch) {
        json.put("watcher", watch.watcher())
                .put("beat", watch.beat())
                .put("handle", watch.handle())
                .put("seen", watch.seen())
                .put("lines", watch.lines())
                .put("size", watch.size());
    }

    /** @throws RuntimeException of any kind if this is not what was stored by {@link #stored} */
    static Execution read(long version, String stored) {
        JsonNode json = Json.stored(stored);
        return new Execution(json.get("id").longValue(), version, wish(json), course(json), watch(json));
    }

    private static Wish wish(JsonNode json) {
        List<String> command = texts(json.get("command"));
        Map<String, String> args = new LinkedHashMap<>();
        json.get("args")
                .properties()
                .forEach(each -> args.put(each.getKey(), each.getValue().textValue()));
        return new Wish(
                json.get("proc").textValue(),
                json.path("incarnation").asText(),
                json.get("name").textValue(),
                json.get("image").textValue(),
                command,
                new LinkedHashSet<>(texts(json.get("groups"))),
                args,
                json.get("user").textValue(),
                json.get("executor").textValue(),
                json.get("limit").longValue(),
                json.get("callback_url").textValue(),
                json.get("schedule").textValue(),
                json.get("sealed").textValue());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.textValue()));
        return texts;
    }

    private static Course course(JsonNode json) {
        return new Course(
                Status.valueOf(json.get("status").textValue()),
                Instant.parse(json.get("created").textValue()),
                Instant.parse(json.get("updated").textValue()),
                instant(json, "started"),
                instant(json, "ended"),
                json.has("exit_code") ? OptionalInt.of(json.get("exit_code").intValue()) : OptionalInt.empty(),
                json.get("reason").textValue(),
                json.get("stop_by").textValue());
    }

    private static Optional<Instant> instant(JsonNode json, String name) {
        return json.has(name) ? Optional.of(Instant.parse(json.get(name).textValue())) : Optional.empty();
    }

    private static Watching watch(JsonNode json) {
        return new Watching(
                json.get("watcher").textValue(),
                json.get("beat").longValue(),
                json.get("handle").textValue(),
                json.get("seen").longValue(),
                json.get("lines").longValue(),
                json.get("size").longValue());
    }
}
