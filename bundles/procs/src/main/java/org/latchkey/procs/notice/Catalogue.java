package org.latchkey.procs.notice;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latchkey.api.extension.NoticeCatalogue;
import org.osgi.service.component.annotations.Component;

/** All notices of procs and their runs. */
@Component(service = NoticeCatalogue.class)
public final class Catalogue implements NoticeCatalogue {

    private static final Map<String, String> RUN = Map.of(
            "execution", "the id of the run",
            "proc", "the name of its proc",
            "user", "who had it run",
            "schedule", "the schedule that had it run; empty if none");

    @Override
    public List<Topic> topics() {
        return List.of(
                new Topic(
                        Notices.EXECUTION_EVENT,
                        "A run was created; for readers of Proctor's one event.",
                        "ExecutionID",
                        Map.of(
                                "ExecutionID", "the id of the run",
                                "JobName", "the name of its proc",
                                "ImageTag", "the image it runs in; may be empty",
                                "Args", "what the user set, as a JSON object; secrets and long values as ***",
                                "Status", "its status at that moment")),
                new Topic(Notices.CREATED, "A run was created.", "execution", RUN),
                new Topic(Notices.STARTED, "A run runs now.", "execution", RUN),
                new Topic(Notices.SUCCEEDED, "A run has ended well.", "execution", ended()),
                new Topic(
                        Notices.FAILED,
                        "A run has ended badly, took too long, was lost, or could not be begun.",
                        "execution",
                        ended()),
                new Topic(Notices.STOPPED, "A run was stopped.", "execution", ended()),
                new Topic(
                        Notices.DENIED,
                        "Somebody wanted to run a proc that they may not run.",
                        "proc",
                        Map.of("proc", "its name", "user", "who wanted it", "reason", "why not")),
                new Topic(Notices.PROC_CHANGED, "A proc is new or was changed.", "proc", Map.of("proc", "its name")),
                new Topic(
                        Notices.PROC_REMOVED,
                        "A proc was removed, with its secrets and schedules.",
                        "proc",
                        Map.of("proc", "its name")),
                new Topic(
                        Notices.SECRET_CHANGED,
                        "The secrets of a proc were replaced or removed.",
                        "proc",
                        Map.of("proc", "its name", "secrets", "the names of those that are stored now")));
    }

    private static Map<String, String> ended() {
        Map<String, String> facts = new TreeMap<>(RUN);
        facts.put("status", "how it ended, such as FAILED or TIMED_OUT");
        facts.put("exit_code", "of its program; empty if there is none");
        facts.put("reason", "why, for people; may be empty");
        return facts;
    }
}
