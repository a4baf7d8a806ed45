package org.latchkey.procs.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.latchkey.api.Refusal;
import org.latchkey.procs.json.Members;
import org.latchkey.procs.proc.Proc;
import org.latchkey.procs.schedule.Schedule.Plan;

/**
 * Reads what somebody wants to have run, and when. What a client sends back of what it was shown, such as the id, is taken and not
 * looked at: who owns a schedule, and when it is due, nobody can say by writing it down.
 */
final class PlanReader {

    private static final Set<String> KNOWN = Set.of(
            "id",
            "jobName",
            "name",
            "args",
            "tags",
            "cron",
            "time_zone",
            "notificationEmails",
            "userEmail",
            "group",
            "enabled",
            "created_at",
            "updated_at",
            "next",
            "fired_at");

    private static final int LONGEST = 200;
    private static final int LONGEST_LIST = 5_000;
    private static final int MOST_ARGS = 100;
    private static final int LONGEST_VALUE = 10_000;

    private final ZoneId fallback;

    /** @param fallback the time zone of schedules that name none */
    PlanReader(ZoneId fallback) {
        this.fallback = fallback;
    }

    /** The proc that it is about: what is authorised is what is scheduled, so there must not be two names. */
    String proc(JsonNode body) {
        Members members = Members.of("", body, KNOWN);
        if (members.has("name") && members.has("jobName")) {
            throw Refusal.invalid("/name", "Give the proc as \"jobName\" or as \"name\", not both.");
        }
        String proc = members.has("name") ? members.text("name", LONGEST) : members.text("jobName", LONGEST);
        if (proc.isEmpty()) {
            throw Refusal.invalid("/jobName", "The proc is missing.");
        }
        return proc;
    }

    /** @throws Refusal (INVALID) for the first of Proctor's complaints, in its order, that applies; or for one of ours */
    Plan plan(JsonNode body, Proc proc, Instant now) {
        Members members = Members.of("", body, KNOWN);
        String tags = members.text("tags", LONGEST_LIST);
        require(!tags.isBlank(), "/tags", "The tag is missing.");
        ZoneId zone = zone(members.text("time_zone", LONGEST));
        String cron = cron(members.text("cron", LONGEST), zone, now);
        String emails = members.text("notificationEmails", LONGEST_LIST);
        require(
                Emails.areValid(emails),
                "/notificationEmails",
                "These must be 1 to " + Emails.MOST + " e-mail addresses with commas between them.");
        String group = members.text("group", LONGEST);
        require(!group.isBlank(), "/group", "The group is missing.");
        return new Plan(proc.name(), args(members, proc), cron, zone, tags, emails, group, enabled(body));
    }

    private static String cron(String text, ZoneId zone, Instant now) {
        try {
            require(
                    Cron.parse(text, zone).after(now).isPresent(),
                    "/cron",
                    "The cron expression is invalid: it names a day that never comes.");
            return text;
        } catch (IllegalArgumentException malformed) {
            throw Refusal.invalid(
                    "/cron",
                    "The cron expression is invalid: it must have five fields, minute, hour, day"
                            + " of the month, month and day of the week, as in 0 3 * * 1-5.");
        }
    }

    private ZoneId zone(String name) {
        try {
            return name.isEmpty() ? fallback : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw Refusal.invalid("/time_zone", "There is no such time zone; it is a name such as Europe/Berlin.");
        }
    }

    private static Map<String, String> args(Members members, Proc proc) {
        Map<String, String> args = members.map("args", MOST_ARGS, LONGEST_VALUE);
        for (String name : args.keySet()) {
            require(
                    proc.argNames().contains(name),
                    "/args/" + name.replace("~", "~0").replace("/", "~1"),
                    "The proc declares no argument of this name.");
        }
        return args;
    }

    /** Proctor's client says nothing of it and means yes. */
    private static boolean enabled(JsonNode body) {
        if (!body.hasNonNull("enabled")) {
            return true;
        }
        require(body.get("enabled").isBoolean(), "/enabled", "This must be true or false.");
        return body.get("enabled").booleanValue();
    }

    private static void require(boolean right, String pointer, String message) {
        if (!right) {
            throw Refusal.invalid(pointer, message);
        }
    }
}
