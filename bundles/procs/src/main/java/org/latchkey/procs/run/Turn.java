package org.latchkey.procs.run;

import java.util.concurrent.atomic.AtomicBoolean;
import org.latchkey.api.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done again and again, never twice at once, and that goes on whatever became of it last time. */
public final class Turn implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Turn.class);

    private final String name;
    private final Runnable work;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** @param name for the log */
    public Turn(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    @Override
    public void run() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            work.run();
        } catch (Refusal later) {
            log.atInfo()
                    .addKeyValue("work", name)
                    .addKeyValue("reason", later.getMessage())
                    .log("not possible at the moment; this is tried again");
        } catch (RuntimeException failed) {
            log.atError().addKeyValue("work", name).setCause(failed).log("failed; this is tried again");
        } finally {
            busy.set(false);
        }
    }
}
