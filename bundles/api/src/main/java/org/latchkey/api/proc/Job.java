package org.latchkey.api.proc;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run, as an executor gets it. Its environment has secrets, so {@link #toString} shows none of it.
 *
 * @param id of the execution, unique, of digits
 * @param name what to call it where names are restricted, such as {@code proctor-} and a UUID
 * @param proc the name of the proc
 * @param image what to run it in, empty if the executor needs none
 * @param command program and arguments; empty for what the image does by itself
 * @param environment all that it gets
 * @param limit how long it may run; what takes longer is ended and {@link Ending.Kind#TIMED_OUT}
 */
public record Job(
        String id,
        String name,
        String proc,
        String image,
        List<String> command,
        Map<String, String> environment,
        Duration limit) {

    public Job {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    @Override
    public String toString() {
        return "Job[" + id + ", " + proc + "]";
    }
}
