package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.kernel.PluginInfo;
import org.latchkey.kernel.jar.Jar;
import org.latchkey.kernel.jar.JarReader;
import org.latchkey.kernel.jar.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jars that stay in the deploy directory but do not run: those whose names end in {@code .jar.disabled}. */
final class Disabled {

    private static final Logger log = LoggerFactory.getLogger(Disabled.class);
    private static final String ENDING = ".disabled";

    private final Path deploy;

    Disabled(Path deploy) {
        this.deploy = deploy;
    }

    void put(Jar jar) throws IOException {
        Files.move(jar.file(), deploy.resolve(jar.fileName() + ENDING), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives the jar its name back. */
    Jar takeOut(Jar jar) throws IOException {
        String name = jar.fileName();
        Path file = deploy.resolve(name.substring(0, name.length() - ENDING.length()));
        Files.move(jar.file(), file, StandardCopyOption.REPLACE_EXISTING);
        return jar.at(file);
    }

    List<Jar> jars() throws IOException {
        List<Jar> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(deploy, "*.jar" + ENDING)) {
            for (Path file : files) {
                try {
                    jars.add(JarReader.read(file));
                } catch (Rejection bad) {
                    log.atWarn().addKeyValue("file", file.getFileName()).log("is disabled, and no plugin");
                }
            }
        }
        return jars;
    }

    List<PluginInfo> list() throws IOException {
        return jars().stream().map(jar -> Deployment.info(jar, "disabled", "")).toList();
    }
}
