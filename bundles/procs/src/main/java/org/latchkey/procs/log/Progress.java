package org.latchkey.procs.log;

import java.util.Optional;

/**
 * How far a log has come.
 *
 * @param lines how many it has
 * @param end the status of its run, once that has ended: then the log grows no more
 */
public record Progress(long lines, Optional<String> end) {}
