package org.latchkey.api.proc;

import org.osgi.annotation.versioning.ProviderType;

/** Hears from an executor what becomes of a run, in order, from one thread at a time. Once it has ended it hears no more. */
@ProviderType
public interface Watch {

    /** It runs now; told at most once, before its first line. */
    void running();

    /**
     * A line of its output, standard error too, without the end of the line. Longer than 16,384 characters is cut by whoever
     * hears it.
     */
    void line(String text);

    /** It is over; told once. */
    void ended(Ending ending);
}
