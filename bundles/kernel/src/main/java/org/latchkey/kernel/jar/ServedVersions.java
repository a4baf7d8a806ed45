package org.latchkey.kernel.jar;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import org.osgi.framework.Version;

/** Remembers the highest version of each plugin that ever served, in a file that is replaced as a whole. */
final class ServedVersions {

    private final Path file;

    ServedVersions(Path file) {
        this.file = file;
    }

    /** Refuses an older version, which may have the holes that the newer one closed. */
    synchronized void refuseLower(Jar jar) throws IOException, Rejection {
        Optional<Version> highest;
        try {
            highest = highest(read(), jar.symbolicName());
        } catch (IllegalArgumentException damaged) {
            throw new Rejection("The versions that have served cannot be read: " + file + " is damaged.");
        }
        if (highest.filter(served -> served.compareTo(jar.version()) > 0).isPresent()) {
            throw new Rejection("It is a downgrade: " + jar.symbolicName() + " " + highest.get() + " has served, and "
                    + "the setting allowDowngrade of " + Trust.PID + " is false.");
        }
    }

    synchronized void raise(Jar jar) throws IOException {
        Properties served = read();
        if (highest(served, jar.symbolicName())
                .filter(highest -> highest.compareTo(jar.version()) >= 0)
                .isEmpty()) {
            write(served, jar);
        }
    }

    synchronized void set(Jar jar) throws IOException {
        write(read(), jar);
    }

    private static Optional<Version> highest(Properties served, String symbolicName) {
        return Optional.ofNullable(served.getProperty(symbolicName)).map(Version::parseVersion);
    }

    private Properties read() throws IOException {
        Properties served = new Properties();
        if (Files.exists(file)) {
            try (Reader content = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                served.load(content);
            }
        }
        return served;
    }

    private void write(Properties served, Jar jar) throws IOException {
        served.setProperty(jar.symbolicName(), jar.version().toString());
        StringWriter content = new StringWriter();
        served.store(content, "The highest version of each plugin that has served");
        Files.createDirectories(file.getParent());
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(content.toString().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
