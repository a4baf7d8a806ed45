package org.latchkey.procs.log;

import java.util.Optional;
import java.util.Queue;

/** How the lines of a log are put into pieces of a {@link org.latchkey.api.http.Feed}. */
public interface LogForm {

    /**
     * The next piece.
     *
     * @param number of the first of the lines, counted from 1
     * @param lines what there is, at least one; those of the piece are taken out
     */
    String piece(long number, Queue<String> lines);

    /** A piece that says nothing but that the connection lives, for those that may have one. */
    Optional<String> sign();

    /** A last piece that tells how the run ended, for those that have one. */
    Optional<String> farewell(String status);
}
