package org.latchkey.procs.schedule;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latchkey.api.extension.Notice;
import org.latchkey.api.extension.NoticeCatalogue;
import org.latchkey.procs.notice.Notices;
import org.osgi.service.component.annotations.Component;

/** All notices of schedules. */
@Component(service = NoticeCatalogue.class)
public final class ScheduleNotices implements NoticeCatalogue {

    static final String CREATED = "schedule.created";
    static final String CHANGED = "schedule.changed";
    static final String REMOVED = "schedule.removed";
    static final String FIRED = "schedule.fired";
    static final String DENIED = "schedule.denied";

    private static final String SCHEDULE = "schedule";

    private static final Map<String, String> FACTS = Map.of(
            SCHEDULE,
            "its id",
            "proc",
            "the proc that it runs",
            "cron",
            "its times, as they were given",
            "time_zone",
            "where these are told",
            "owner",
            "who answers for it");

    @Override
    public List<Topic> topics() {
        Map<String, String> fired = new TreeMap<>(FACTS);
        fired.put("notification_emails", "who is to be told by mail, with commas between");
        fired.put("Name", "the name of the proc, as Proctor's mail calls it");
        fired.put("Args", "what the run was given, as a JSON object; long values as ***");
        fired.put("ID", "the id of the run");
        fired.put("Status", "its status at that moment");
        Map<String, String> denied = new TreeMap<>(FACTS);
        denied.put("notification_emails", "who is to be told by mail, with commas between");
        denied.put("reason", "why it does not run");
        return List.of(
                new Topic(CREATED, "A schedule is new.", SCHEDULE, FACTS),
                new Topic(CHANGED, "A schedule was changed; whoever did so owns it now.", SCHEDULE, FACTS),
                new Topic(REMOVED, "A schedule was removed by itself, not with its proc.", SCHEDULE, FACTS),
                new Topic(FIRED, "A schedule was due, and has had its proc run.", SCHEDULE, fired),
                new Topic(DENIED, "A schedule was due, but its proc may not or cannot run.", SCHEDULE, denied));
    }

    static Notice of(String type, Schedule schedule, String actor) {
        return of(type, schedule, actor, Map.of());
    }

    /** @param more facts of this type */
    static Notice of(String type, Schedule schedule, String actor, Map<String, String> more) {
        Map<String, String> facts = new TreeMap<>(more);
        facts.put(SCHEDULE, String.valueOf(schedule.id()));
        facts.put("proc", schedule.plan().proc());
        facts.put("cron", schedule.plan().cron());
        facts.put("time_zone", schedule.plan().zone().getId());
        facts.put("owner", schedule.owner().id());
        return Notices.of(type, actor, facts);
    }
}
