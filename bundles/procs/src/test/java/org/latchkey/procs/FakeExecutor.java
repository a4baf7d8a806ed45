package org.latchkey.procs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.api.Refusal;
import org.latchkey.api.proc.Ending;
import org.latchkey.api.proc.Executor;
import org.latchkey.api.proc.Job;
import org.latchkey.api.proc.Watch;

/** A place where runs do what a test says. It outlives what watches it, as a machine does. */
public final class FakeExecutor implements Executor {

    /** One run: all that it has printed, and who hears it now. */
    public static final class Program {

        private final Job job;
        private final List<String> lines = new ArrayList<>();
        private Watch watch;
        private Watch before;
        private Optional<Ending> ending = Optional.empty();

        private Program(Job job, Watch watch) {
            this.job = job;
            this.watch = watch;
            this.before = watch;
        }

        public Job job() {
            return job;
        }

        public synchronized Program runs() {
            watch.running();
            return this;
        }

        public synchronized Program prints(String... texts) {
            for (String each : texts) {
                lines.add(each);
                watch.line(each);
            }
            return this;
        }

        public synchronized void exits(int code) {
            end(Ending.exited(code));
        }

        public synchronized void end(Ending how) {
            ending = Optional.of(how);
            watch.ended(how);
        }

        /** Prints while nobody listens. */
        public synchronized void printsUnheard(String text) {
            lines.add(text);
        }

        /** Tells whoever watched it before, as an executor may that has not yet heard that somebody else does. */
        public synchronized void printsToTheOneBefore(String text) {
            before.line(text);
        }

        public synchronized boolean isResumed() {
            return before != watch;
        }

        private synchronized void resume(long seen, Watch now) {
            before = watch;
            watch = now;
            now.running();
            lines.subList((int) seen, lines.size()).forEach(now::line);
            ending.ifPresent(now::ended);
        }
    }

    private final Map<String, Program> programs = new ConcurrentHashMap<>();
    private final List<String> stopped = new ArrayList<>();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    /** From now on it begins nothing. */
    public void fails(RuntimeException how) {
        failure = Optional.of(how);
    }

    @Override
    public String start(Job job, Watch watch) {
        if (failure.isPresent()) {
            throw failure.get();
        }
        programs.put(job.id(), new Program(job, watch));
        return "handle-" + job.id();
    }

    @Override
    public void resume(String handle, Job job, long lines, Watch watch) {
        Program program = programs.get(handle.substring("handle-".length()));
        if (program == null) {
            watch.ended(Ending.of(Ending.Kind.LOST, "There is no such program."));
        } else {
            program.resume(lines, watch);
        }
    }

    @Override
    public synchronized void stop(String handle) {
        stopped.add(handle);
        Program program = programs.get(handle.substring("handle-".length()));
        if (program == null) {
            throw Refusal.notFound("program", handle);
        }
        program.end(Ending.of(Ending.Kind.STOPPED, ""));
    }

    public Optional<Program> program(String id) {
        return Optional.ofNullable(programs.get(id));
    }

    public int begun() {
        return programs.size();
    }

    public synchronized List<String> stopped() {
        return List.copyOf(stopped);
    }
}
