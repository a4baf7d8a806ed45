package org.latchkey.procs.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latchkey.api.extension.Notice;
import org.latchkey.procs.json.Json;
import org.latchkey.procs.log.Mask;
import org.latchkey.procs.log.Text;
import org.latchkey.procs.notice.Notices;

/** The notices of what becomes of a run. Never with a secret, also if somebody gives one as an argument. */
final class RunNotices {

    private static final int LONGEST_VALUE = 500;
    private static final int MOST_TEXT = 8000;

    private RunNotices() {}

    /** That it was created: Proctor's event, with exactly its five facts, and our own. */
    static List<Notice> created(Execution run, Mask mask) {
        List<Notice> notices = new ArrayList<>();
        notices.add(Notices.of(
                Notices.EXECUTION_EVENT,
                run.wish().user(),
                Map.of(
                        "ExecutionID", Long.toString(run.id()),
                        "JobName", run.proc(),
                        "ImageTag", run.wish().image(),
                        "Args", args(run, mask),
                        "Status", run.status().name())));
        notices.add(of(Notices.CREATED, run, facts(run)));
        return notices;
    }

    private static String args(Execution run, Mask mask) {
        ObjectNode args = Json.object();
        int left = MOST_TEXT;
        for (Map.Entry<String, String> each : run.wish().args().entrySet()) {
            String value = mask.over(each.getValue());
            String shown = value.length() > Math.min(left, LONGEST_VALUE) ? "***" : Text.clean(value);
            left -= shown.length();
            args.put(each.getKey(), shown);
        }
        return args.toString();
    }

    static Notice started(Execution run) {
        return of(Notices.STARTED, run, facts(run));
    }

    static Notice ended(Execution run) {
        Map<String, String> facts = facts(run);
        facts.put("status", run.status().name());
        facts.put(
                "exit_code",
                run.course().exitCode().isPresent()
                        ? Integer.toString(run.course().exitCode().getAsInt())
                        : "");
        facts.put("reason", run.course().reason());
        String type =
                switch (run.status()) {
                    case SUCCEEDED -> Notices.SUCCEEDED;
                    case STOPPED -> Notices.STOPPED;
                    default -> Notices.FAILED;
                };
        return of(type, run, facts);
    }

    private static Map<String, String> facts(Execution run) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("execution", Long.toString(run.id()));
        facts.put("proc", run.proc());
        facts.put("user", run.wish().user());
        facts.put("schedule", run.wish().scheduleId());
        return facts;
    }

    private static Notice of(String type, Execution run, Map<String, String> facts) {
        return Notices.of(type, run.wish().user(), facts);
    }
}
