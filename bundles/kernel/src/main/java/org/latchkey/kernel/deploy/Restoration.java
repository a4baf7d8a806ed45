package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.latchkey.kernel.jar.Jar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the deploy directory say again what runs, after a jar in it turned out bad. */
final class Restoration {

    private static final Logger log = LoggerFactory.getLogger(Restoration.class);

    private final DeployFolder folder;
    private final GoodJars goodJars;

    Restoration(DeployFolder folder, GoodJars goodJars) {
        this.folder = folder;
        this.goodJars = goodJars;
    }

    /**
     * The good jar in, then the bad one out: in this order, so that whenever the server is cut off there is a jar.
     *
     * @param good where it lay, which may be the place of the bad one
     */
    void replace(Path bad, Optional<Jar> good) throws IOException {
        if (good.isPresent()) {
            restore(bad, good.get());
        }
        if (good.filter(jar -> jar.file().equals(bad)).isEmpty()) {
            folder.delete(bad);
        }
    }

    /** If that fails, the bad one is judged again at the next look. */
    private void restore(Path bad, Jar good) throws IOException {
        boolean tried = false;
        try {
            if (!folder.putBack(goodJars.stage(good), good)) {
                log.atInfo().addKeyValue("file", good.fileName()).log("another jar has come meanwhile");
            }
            tried = true;
        } finally {
            if (!tried) {
                folder.forget(bad);
            }
        }
    }
}
