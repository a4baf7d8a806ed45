package org.latchkey.benchmark;

import java.time.Duration;
import java.util.Optional;

/** The processor time that the server has taken, if it is known which process that is ({@code -Dserver=PID}). */
record ServerTime(Optional<ProcessHandle> server, Duration taken) {

    static ServerTime now() {
        Optional<ProcessHandle> server =
                Optional.ofNullable(Long.getLong("server")).flatMap(ProcessHandle::of);
        return new ServerTime(server, taken(server));
    }

    /** In microseconds; 0 if the process is not known. */
    long microsSince() {
        return taken(server).minus(taken).toNanos() / 1_000;
    }

    private static Duration taken(Optional<ProcessHandle> server) {
        return server.flatMap(each -> each.info().totalCpuDuration()).orElse(Duration.ZERO);
    }
}
