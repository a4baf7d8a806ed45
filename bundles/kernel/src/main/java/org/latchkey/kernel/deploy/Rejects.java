package org.latchkey.kernel.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.api.kernel.PluginInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where jars go that do not become plugins: {@code .rejected/}, each beside a {@code .reason.txt}. */
final class Rejects {

    private static final Logger log = LoggerFactory.getLogger(Rejects.class);
    private static final String REASON = ".reason.txt";

    private final Path folder;

    Rejects(Path deploy) {
        this.folder = deploy.resolve(".rejected");
    }

    /** Keeps a copy of the file, which is then to be taken away or replaced, and writes down why. */
    void put(Path file, String reason) throws IOException {
        String name = file.getFileName().toString();
        log.atWarn().addKeyValue("file", name).addKeyValue("reason", reason).log("rejected");
        Files.createDirectories(folder);
        Path partial = Files.writeString(folder.resolve(name + ".part"), reason + "\n", StandardCharsets.UTF_8);
        Files.move(partial, folder.resolve(name + REASON), StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException alreadyGone) {
            log.atDebug().addKeyValue("file", name).log("gone before it could be kept");
        }
    }

    /** A file of that name is fine now: forgets what an earlier one was rejected for. */
    void forget(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name + REASON));
        Files.deleteIfExists(folder.resolve(name));
    }

    List<PluginInfo> list() throws IOException {
        List<PluginInfo> rejected = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> reasons = Files.newDirectoryStream(folder, "*" + REASON)) {
                for (Path reason : reasons) {
                    String name = reason.getFileName().toString();
                    rejected.add(new PluginInfo(
                            "",
                            "",
                            name.substring(0, name.length() - REASON.length()),
                            "",
                            "rejected",
                            false,
                            Files.readString(reason).strip(),
                            List.of()));
                }
            }
        }
        return rejected;
    }
}
