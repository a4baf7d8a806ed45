package org.latchkey.api.proc;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place where procs run: processes of this machine, jobs of a cluster. It keeps nothing: whoever runs the procs stores the
 * handle and gives it back, after a restart of the server or of this plugin too. All methods return soon; what goes on is
 * told to the watch.
 */
@ConsumerType
public interface Executor {

    /** Service property: the name by which a proc, or the settings, choose it, such as {@code local}. */
    String NAME = "latchkey.executor";

    /**
     * Begins a run.
     *
     * @return what finds it again, at most 200 characters; is stored before anything of the watch is believed
     * @throws org.latchkey.api.Refusal if it cannot be begun, with a message for whoever wants it run; nothing is left then
     */
    String start(Job job, Watch watch);

    /**
     * Goes on watching a run that was begun earlier, perhaps by another revision or in another life of the server. What came
     * of it meanwhile is told as if it happened now. If nothing is known of it any more, it is {@link Ending.Kind#LOST}.
     *
     * @param lines how many lines of its output were seen: it goes on with the next one
     */
    void resume(String handle, Job job, long lines, Watch watch);

    /** Ends a run, with all that it began; its watch is told {@link Ending.Kind#STOPPED}. One that has ended stays as it is. */
    void stop(String handle);
}
