package org.latchkey.kernel.why;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Constants;

/** The classes on the class path of a bundle, its inner jars included, and the Java each was compiled for. */
final class OwnClasses {

    private static final String SUFFIX = ".class";
    private static final int MAGIC = 0xCAFEBABE;

    /** Class file version 45 belongs to Java 1 (JVMS, 4.1). */
    private static final int BEFORE_JAVA_1 = 44;

    private static final long MAX_UNPACKED = 512L << 20;

    private final Map<String, Integer> versions = new HashMap<>();
    private long left = MAX_UNPACKED;

    private OwnClasses() {}

    static OwnClasses of(JarFile file, Map<String, String> headers) throws IOException {
        OwnClasses classes = new OwnClasses();
        for (String each : headers.getOrDefault(Constants.BUNDLE_CLASSPATH, ".").split(",")) {
            classes.add(file, each.split(";", 2)[0].strip());
        }
        return classes;
    }

    private void add(JarFile file, String place) throws IOException {
        ZipEntry inner = file.getEntry(place);
        if (place.equals(".") || place.equals("/")) {
            addFolder(file, "");
        } else if (inner != null && !inner.isDirectory()) {
            addJar(file, inner);
        } else {
            addFolder(file, place.endsWith("/") ? place : place + "/");
        }
    }

    private void addFolder(JarFile file, String folder) throws IOException {
        for (ZipEntry entry : Collections.list(file.entries())) {
            if (entry.getName().startsWith(folder) && entry.getName().endsWith(SUFFIX)) {
                try (InputStream content = file.getInputStream(entry)) {
                    put(entry.getName().substring(folder.length()), content);
                }
            }
        }
    }

    private void addJar(JarFile file, ZipEntry inner) throws IOException {
        byte[] buffer = new byte[16 << 10];
        try (ZipInputStream jar = new ZipInputStream(file.getInputStream(inner))) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null && left > 0; entry = jar.getNextEntry()) {
                if (entry.getName().endsWith(SUFFIX)) {
                    put(entry.getName(), jar);
                }
                for (int read = jar.read(buffer); read >= 0 && left > 0; read = jar.read(buffer)) {
                    left -= read;
                }
            }
        }
    }

    private void put(String path, InputStream content) throws IOException {
        byte[] head = content.readNBytes(2 * Integer.BYTES);
        if (head.length == 2 * Integer.BYTES) {
            try (DataInputStream data = new DataInputStream(new java.io.ByteArrayInputStream(head))) {
                int version = data.readInt() == MAGIC ? data.readInt() & 0xFFFF : 0;
                String name = path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
                versions.putIfAbsent(name, Math.max(0, version - BEFORE_JAVA_1));
            }
        }
    }

    boolean has(String className) {
        return versions.containsKey(className);
    }

    /** The Java a class was compiled for, if that is newer than the one that runs. */
    Optional<Integer> tooNew(String className) {
        return Optional.ofNullable(versions.get(className))
                .filter(java -> java > Runtime.version().feature());
    }

    /** Every package there is a class in. */
    Set<String> packages() {
        Set<String> packages = new TreeSet<>();
        versions.keySet().forEach(name -> packages.add(name.substring(0, Math.max(0, name.lastIndexOf('.')))));
        return packages;
    }
}
