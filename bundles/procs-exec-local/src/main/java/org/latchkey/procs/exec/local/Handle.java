package org.latchkey.procs.exec.local;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What finds a run again.
 *
 * @param id of the execution, and the name of its folder
 * @param pid of the process that waits for its program; also the number of their process group and session
 * @param started when that process began, in ticks of the kernel, as a number is given to other processes in time; 0 if it had ended
 *     before it was looked at
 */
record Handle(String id, long pid, long started) {

    Handle {
        if (pid <= 1) {
            // Signals to the groups 0 and 1 would reach the server itself, or all there is.
            throw new IllegalArgumentException("no process of a run: " + pid);
        }
    }

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern TEXT = Pattern.compile("(" + ID + ")\\.([2-9]|[1-9][0-9]{1,9})\\.([0-9]{1,18})");

    static Optional<Handle> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Handle(
                        matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** Whether a folder may be called so. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return id + "." + pid + "." + started;
    }
}
