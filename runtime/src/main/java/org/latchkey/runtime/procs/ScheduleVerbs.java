package org.latchkey.runtime.procs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code procs schedule}: has procs run by themselves. */
final class ScheduleVerbs {

    /** What the server calls each option. */
    private static final Map<String, String> MEMBERS = Map.of(
            "--cron",
            "cron",
            "--group",
            "group",
            "--notify",
            "notificationEmails",
            "--tags",
            "tags",
            "--time-zone",
            "time_zone");

    private final Api api;
    private final PrintStream out;

    ScheduleVerbs(Api api, Terminal terminal) {
        this.api = api;
        this.out = terminal.out();
    }

    /** Whether what is missing is needed, the server says, in the words of Proctor's. */
    void create(String proc, Words words, ObjectNode arguments) {
        ObjectNode schedule = JsonNodeFactory.instance.objectNode();
        schedule.put("jobName", proc).put("enabled", true).set("args", arguments);
        MEMBERS.forEach((option, member) -> words.value(option).ifPresent(value -> schedule.put(member, value)));
        JsonNode created = api.post("/schedule", schedule);
        out.println(
                "Schedule " + Terminal.plain(Json.text(created, "id")) + " of " + Terminal.plain(proc) + " is made.");
    }

    void list(Form form) {
        List<JsonNode> schedules = Json.elements(api.get("/schedule"));
        if (form == Form.JSON) {
            Json.print(Json.array(schedules), out);
        } else if (schedules.isEmpty()) {
            out.println("There are no schedules.");
        } else {
            Table table = new Table().row("ID", "PROC", "GROUP", "CRON", "TIME ZONE", "TAGS");
            schedules.forEach(each -> table.row(
                    Json.text(each, "id"),
                    Json.text(each, "jobName"),
                    Json.text(each, "group"),
                    Json.text(each, "cron"),
                    Json.text(each, "time_zone"),
                    Json.text(each, "tags")));
            table.print(out);
        }
    }

    void describe(String id, Form form) {
        JsonNode schedule = api.get(Api.path("schedule", id));
        if (form == Form.JSON) {
            Json.print(schedule, out);
            return;
        }
        new Table()
                .row("Schedule", Json.text(schedule, "id"))
                .fact("Proc", Json.text(schedule, "jobName"))
                .fact("Enabled", Json.text(schedule, "enabled"))
                .fact("Cron", Json.text(schedule, "cron"))
                .fact("Time zone", Json.text(schedule, "time_zone"))
                .fact("Next", Json.text(schedule, "next"))
                .fact("Group", Json.text(schedule, "group"))
                .fact("Tags", Json.text(schedule, "tags"))
                .fact("Mails to", Json.text(schedule, "notificationEmails"))
                .fact("Owner", Json.text(schedule, "userEmail"))
                .print(out);
        Table arguments = new Table();
        schedule.path("args")
                .properties()
                .forEach(each ->
                        arguments.row("  " + each.getKey(), each.getValue().asText()));
        if (!schedule.path("args").isEmpty()) {
            out.println("Arguments:");
            arguments.print(out);
        }
    }

    void remove(String id) {
        api.delete(Api.path("schedule", id));
        out.println("Schedule " + Terminal.plain(id) + " is removed.");
    }
}
