package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.JarCheck;
import org.latchkey.kernel.jar.Rejection;

/** Takes a jar that was handed to the server instead of being put into its deploy directory. */
final class Upload {

    private final Deployment deployment;
    private final DeployFolder folder;
    private final JarCheck checks;

    Upload(Deployment deployment, DeployFolder folder, JarCheck checks) {
        this.deployment = deployment;
        this.folder = folder;
        this.checks = checks;
    }

    /** Moves the staged jar into the deploy directory and waits until it serves; lower versions go then. */
    PluginInfo accept(Jar staged) throws IOException, Rejection {
        refuseOlder(staged);
        refuseTwin(staged);
        checks.refuse(staged);
        Jar jar = moveIn(staged);
        if (!deployment.await(jar)) {
            throw new Rejection(deployment.reasonFor(jar.fileName()));
        }
        dropOlder(jar);
        return deployment.infoOf(jar.symbolicName());
    }

    private void refuseOlder(Jar staged) throws Rejection {
        for (Jar there : deployment.jarsOf(staged.symbolicName())) {
            if (there.version().compareTo(staged.version()) > 0) {
                throw new Rejection("The higher version " + there.version() + " is deployed; remove that first.");
            }
        }
    }

    private void refuseTwin(Jar staged) throws Rejection {
        for (Jar there : deployment.jarsOf(staged.symbolicName())) {
            if (there.version().equals(staged.version()) && !there.fileName().equals(fileName(staged))) {
                throw new Rejection(staged.symbolicName() + " " + staged.version() + " is already there, in "
                        + there.fileName() + ".");
            }
        }
    }

    private Jar moveIn(Jar staged) throws IOException {
        Path file = folder.path().resolve(fileName(staged));
        Files.move(staged.file(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Jar jar = staged.at(file);
        folder.adopt(jar);
        return jar;
    }

    private void dropOlder(Jar jar) throws IOException {
        for (Jar there : deployment.jarsOf(jar.symbolicName())) {
            if (there.version().compareTo(jar.version()) < 0) {
                folder.delete(there.file());
            }
        }
    }

    private static String fileName(Jar jar) {
        return jar.symbolicName() + "-" + jar.version() + ".jar";
    }
}
