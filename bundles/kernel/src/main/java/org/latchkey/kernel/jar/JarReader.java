package org.latchkey.kernel.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Reads a file of the deploy directory as a bundle, and says what is wrong with it. Loads no class of it. */
public final class JarReader {

    private static final long MAX_FILE = 64L << 20;
    private static final long MAX_UNPACKED = 512L << 20;
    private static final int MAX_ENTRIES = 20_000;
    private static final int LOCAL_FILE_HEADER = 0x504B0304;

    private JarReader() {}

    /** Whether the file may still be the beginning of a jar that is being written. */
    public static boolean mayGrow(Path file) throws IOException {
        return Files.size(file) < Integer.BYTES || firstBytes(file) == LOCAL_FILE_HEADER && !isComplete(file);
    }

    /** The bundle in the file, or the reason why it is none. */
    public static Jar read(Path file) throws IOException, Rejection {
        refuseSize(file);
        if (firstBytes(file) != LOCAL_FILE_HEADER) {
            throw new Rejection("It is not a jar: it does not begin like one.");
        }
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            refuseEntries(jar);
            Optional<Manifest> manifest = Optional.ofNullable(jar.getManifest());
            return bundle(
                    file,
                    manifest.orElseThrow(() -> new Rejection("It has no manifest, so it is not an OSGi bundle.")));
        } catch (ZipException broken) {
            throw new Rejection("It is truncated or damaged: " + broken.getMessage() + ".");
        }
    }

    private static void refuseSize(Path file) throws IOException, Rejection {
        long size = Files.size(file);
        if (size == 0) {
            throw new Rejection("It is empty (0 bytes).");
        }
        if (size > MAX_FILE) {
            throw new Rejection("It is larger than " + (MAX_FILE >> 20) + " MiB.");
        }
    }

    /** Reads every entry: checks its sum, and that all of it together stays within the limits. */
    private static void refuseEntries(JarFile jar) throws IOException, Rejection {
        if (jar.size() > MAX_ENTRIES) {
            throw new Rejection("It has more than " + MAX_ENTRIES + " entries.");
        }
        Set<String> names = new HashSet<>();
        byte[] buffer = new byte[16 << 10];
        long left = MAX_UNPACKED;
        for (ZipEntry entry : Collections.list(jar.entries())) {
            refuseName(entry.getName());
            if (!names.add(entry.getName())) {
                throw new Rejection("It has two entries named " + entry.getName() + ".");
            }
            try (InputStream content = jar.getInputStream(entry)) {
                for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                    left -= read;
                    if (left < 0) {
                        throw new Rejection("Unpacked it is larger than " + (MAX_UNPACKED >> 20) + " MiB.");
                    }
                }
            }
        }
    }

    private static void refuseName(String name) throws Rejection {
        boolean leavesItsFolder = ("/" + name + "/").contains("/../")
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(':') == 1
                || name.indexOf('\0') >= 0;
        if (leavesItsFolder) {
            throw new Rejection("It has an entry whose name leads out of the jar.");
        }
    }

    private static Jar bundle(Path file, Manifest manifest) throws IOException, Rejection {
        String name = manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null) {
            throw new Rejection("It is not an OSGi bundle: its manifest has no Bundle-SymbolicName.");
        }
        String symbolicName = name.split(";", 2)[0].trim();
        if (manifest.getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null) {
            throw new Rejection("It is a fragment, which would change another bundle.");
        }
        String version = Optional.ofNullable(manifest.getMainAttributes().getValue(Constants.BUNDLE_VERSION))
                .orElse("0");
        try {
            return new Jar(file, symbolicName, Version.parseVersion(version), sha256(file));
        } catch (IllegalArgumentException malformed) {
            throw new Rejection("Its Bundle-Version \"" + version + "\" is not a version.");
        }
    }

    private static int firstBytes(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return bytes.hasRemaining() ? 0 : bytes.flip().getInt();
        }
    }

    /** A zip ends with its directory, so a copy that is under way has none. */
    private static boolean isComplete(Path file) throws IOException {
        try (JarFile complete = new JarFile(file.toFile(), false)) {
            return complete.size() >= 0;
        } catch (ZipException incomplete) {
            return false;
        }
    }

    /** Of the whole file, in hex. */
    public static String sha256(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            DigestInputStream digested = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
            digested.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
