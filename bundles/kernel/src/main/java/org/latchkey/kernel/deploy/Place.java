package org.latchkey.kernel.deploy;

import java.util.Optional;

/**
 * The place of one plugin in the server.
 *
 * @param serving the revision that serves
 * @param standby the revision before it, started and ready to take over, for as long as the other one bakes
 * @param since when the serving one took over, as {@link System#nanoTime}
 */
record Place(Revision serving, Optional<Revision> standby, long since) {

    /** One that is not on probation. */
    static Place of(Revision serving) {
        return new Place(serving, Optional.empty(), System.nanoTime());
    }

    String name() {
        return serving.jar().symbolicName();
    }

    /** Whether the serving revision has been found bad, and goes as soon as another one is there. */
    boolean isCondemned() {
        return serving.life().stage() == Stage.ROLLED_BACK;
    }

    boolean isBaking() {
        return serving.life().stage() == Stage.BAKING;
    }
}
