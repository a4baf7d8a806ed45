package org.latchkey.procs.run;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.api.Refusal;
import org.latchkey.api.kernel.ExtensionInfo;
import org.latchkey.api.kernel.PluginFault;
import org.latchkey.procs.run.Execution.End;
import org.latchkey.procs.run.Inbox.Opened;
import org.latchkey.procs.run.KnownExecutors.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks with the executors: begins runs, goes on watching them, also when another revision of their executor takes over, and ends them.
 * One call at a time for each run.
 */
final class Attendance {

    private static final Logger log = LoggerFactory.getLogger(Attendance.class);
    private static final int LONGEST_HANDLE = 200;

    private final KnownExecutors executors;
    private final Crew crew;

    /** The runs about which an executor is being asked at this moment. */
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();

    Attendance(KnownExecutors executors, Crew crew) {
        this.executors = executors;
        this.crew = crew;
    }

    /** Has a run begun that is stored. */
    void begin(LiveRun run) {
        alone(run, () -> start(run));
    }

    private void start(LiveRun run) {
        Opened opened = run.inbox().open();
        try {
            Answer<String> begun = executors.ask(
                    run.stored().wish().executor(), executor -> checked(executor.start(run.job(), opened.ear())));
            run.watchedBy(registration(begun.by()));
            run.inbox().begun(begun.value());
        } catch (Refusal refused) {
            run.inbox().end(End.of(Status.CREATION_FAILED, refused.getMessage()));
        } catch (PluginFault fault) {
            log.atWarn().addKeyValue("run", run.id()).setCause(fault).log("an executor failed to begin a run");
            run.inbox()
                    .end(
                            fault.kind() == PluginFault.Kind.LATE
                                    ? End.of(
                                            Status.LOST,
                                            "Its executor did not answer in time; whether it runs is not known.")
                                    : End.of(Status.CREATION_FAILED, "Its executor failed to begin it."));
        }
    }

    private static String checked(String handle) {
        if (handle == null || handle.isEmpty() || handle.length() > LONGEST_HANDLE) {
            throw new IllegalStateException("a handle has 1 to " + LONGEST_HANDLE + " characters");
        }
        return handle;
    }

    /** Sees to it that the executor that serves now watches the run, and that it is stopped if somebody wants that. */
    void attend(LiveRun run, Execution stored) {
        Optional<ExtensionInfo> now = executors.find(stored.wish().executor());
        if (now.isEmpty() || !stored.watch().isBegun()) {
            return;
        }
        boolean changed = !run.watchedBy().equals(registration(now.get()));
        boolean unwanted = !stored.course().stopBy().isEmpty();
        if (changed || unwanted) {
            alone(run, () -> {
                if (changed) {
                    resume(run, stored.watch().handle());
                }
                if (unwanted) {
                    stop(run, stored.watch().handle());
                }
            });
        }
    }

    private void resume(LiveRun run, String handle) {
        Opened opened = run.inbox().open();
        asked(
                        run,
                        "resume",
                        () -> executors.ask(run.stored().wish().executor(), executor -> {
                            executor.resume(handle, run.job(), opened.seen(), opened.ear());
                            return true;
                        }))
                .ifPresent(answer -> run.watchedBy(registration(answer.by())));
    }

    private void stop(LiveRun run, String handle) {
        asked(
                run,
                "stop",
                () -> executors.ask(run.stored().wish().executor(), executor -> {
                    executor.stop(handle);
                    return true;
                }));
    }

    private interface Question {
        Answer<Boolean> ask();
    }

    /** What fails is tried again when the run is attended to the next time. */
    private static Optional<Answer<Boolean>> asked(LiveRun run, String what, Question question) {
        try {
            return Optional.of(question.ask());
        } catch (Refusal | PluginFault failed) {
            log.atWarn()
                    .addKeyValue("run", run.id())
                    .addKeyValue("call", what)
                    .setCause(failed)
                    .log("an executor did not do as it was told");
            return Optional.empty();
        }
    }

    private void alone(LiveRun run, Runnable work) {
        if (busy.add(run.id())) {
            crew.execute(() -> {
                try {
                    work.run();
                } finally {
                    busy.remove(run.id());
                }
            });
        }
    }

    /** What tells one registration of an executor from the next, also if both are of the same version. */
    private static String registration(ExtensionInfo info) {
        return info.name() + "/" + info.version() + "/" + info.properties().getOrDefault("service.id", "");
    }
}
