package org.latchkey.auth.session;

import java.time.Clock;
import java.time.Duration;
import org.latchkey.api.service.Directory;
import org.latchkey.api.service.Directory.Standing;

/** Whether a session may go on: its time, and what became of the one whose it is. */
final class Welcome {

    private final Directory directory;
    private final Duration idle;
    private final boolean endsEras;
    private final Clock clock;

    /**
     * @param idle how long a session may go unused
     * @param endsEras whether a new secret ends sessions
     */
    Welcome(Directory directory, Duration idle, boolean endsEras, Clock clock) {
        this.directory = directory;
        this.idle = idle;
        this.endsEras = endsEras;
        this.clock = clock;
    }

    boolean isAlive(Kept kept) {
        return clock.instant().isBefore(kept.until(idle)) && holds(kept);
    }

    /** Locked and gone are nobody, and a new entity of the same name is somebody else; so may be who knew an old secret. */
    boolean holds(Kept kept) {
        Standing then = kept.standing();
        return directory
                .standing(kept.session().principal().id())
                .map(now -> !now.locked() && now.number() == then.number() && (now.era() == then.era() || !endsEras))
                .orElse(then.number() == 0);
    }
}
