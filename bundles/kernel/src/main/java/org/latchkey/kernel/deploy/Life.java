package org.latchkey.kernel.deploy;

import org.latchkey.kernel.jar.Jar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At which {@link Stage} one revision is. */
final class Life {

    private static final Logger log = LoggerFactory.getLogger(Life.class);

    private final Jar jar;
    private volatile Stage stage = Stage.STAGED;

    Life(Jar jar) {
        this.jar = jar;
    }

    Stage stage() {
        return stage;
    }

    /** The next step; one that the table of {@link Stage} does not know is a bug of ours. */
    synchronized void advance(Stage next) {
        if (!stage.next().contains(next)) {
            throw new IllegalStateException(jar.symbolicName() + " cannot go from " + stage + " to " + next);
        }
        log.atInfo()
                .addKeyValue("plugin", jar.symbolicName())
                .addKeyValue("version", jar.version())
                .addKeyValue("sha256", jar.sha256())
                .addKeyValue("stage", next)
                .log("a plugin's life");
        stage = next;
    }
}
