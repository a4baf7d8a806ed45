package org.latchkey.procs.run;

import java.util.Optional;

/** The runs of procs. */
public interface Runs {

    /**
     * Stores a run and has it begun; returns as soon as it is stored. What keeps it from beginning, such as a missing secret,
     * is a status of the run and no refusal.
     *
     * @throws org.latchkey.api.Refusal (INVALID, with a pointer below {@code /args}) for an argument that the proc does not
     *     declare; (TOO_MANY) if as many are under way as may be; (UNAVAILABLE) if nothing can be stored
     */
    Execution begin(Order order);

    /** The run of that id as it is stored. */
    Optional<Execution> find(long id);

    /**
     * Has a run stopped; returns as soon as that wish is stored.
     *
     * @param user who wants it
     * @throws org.latchkey.api.Refusal (CONFLICT) if it has ended; (NOT_FOUND)
     */
    Execution stop(long id, String user);
}
