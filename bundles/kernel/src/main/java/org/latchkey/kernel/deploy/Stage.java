package org.latchkey.kernel.deploy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The life of one revision of a plugin, all of it: what it is at each stage, and which stages may follow.
 * What becomes of a plugin is decided in {@link Deployment}, and every step is checked against this table.
 */
enum Stage {
    /** Its file is complete, and nothing of it was loaded. */
    STAGED,
    /** Headers, signature and state version may run here. */
    CHECKED,
    /** Installed, resolved, started and activated beside whatever serves; nobody sees it. */
    HELD,
    /** Has taken over every place in one step; the revision before stands by. */
    BAKING,
    /** Serves, and has been found sound. */
    SERVING,
    /** Gave its places to a revision that bakes, and takes them back if that one is bad. */
    STANDBY,
    /** Serves no more; its last calls end. */
    DRAINING,
    /** Stopped and uninstalled. */
    GONE,
    /** Found bad before it served: its jar is put aside with the reason. */
    REJECTED,
    /** Found bad while it baked, or taken back by hand: its jar is put aside with the reason. */
    ROLLED_BACK;

    private static final Map<Stage, Set<Stage>> NEXT = Map.of(
            STAGED, EnumSet.of(CHECKED, REJECTED),
            CHECKED, EnumSet.of(HELD, REJECTED),
            HELD, EnumSet.of(BAKING, SERVING, DRAINING),
            BAKING, EnumSet.of(SERVING, ROLLED_BACK, DRAINING),
            SERVING, EnumSet.of(STANDBY, ROLLED_BACK, DRAINING),
            STANDBY, EnumSet.of(SERVING, DRAINING),
            ROLLED_BACK, EnumSet.of(DRAINING),
            REJECTED, EnumSet.noneOf(Stage.class),
            DRAINING, EnumSet.of(GONE),
            GONE, EnumSet.noneOf(Stage.class));

    Set<Stage> next() {
        return NEXT.get(this);
    }
}
