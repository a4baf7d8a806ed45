package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.latchkey.kernel.testing.RunningFramework;

/** The bundle {@code org.a}, whole and tampered with. */
final class Bundles {

    private Bundles() {}

    static byte[] bundle(String version) throws IOException {
        byte[] empty = RunningFramework.jar(Map.of("Bundle-SymbolicName", "org.a", "Bundle-Version", version + ".0"));
        return changed(changed(empty, "org/a/A.class", "a"), "org/a/C.class", "c");
    }

    /** With an entry that has another content, or is new. */
    static byte[] changed(byte[] jar, String entry, String content) throws IOException {
        return changed(jar, entries -> {
            entries.put(entry, content.getBytes(StandardCharsets.UTF_8));
            return entries;
        });
    }

    static byte[] without(byte[] jar, String entry) throws IOException {
        return changed(jar, entries -> {
            assertThat(entries.remove(entry)).isNotNull();
            return entries;
        });
    }

    static String text(byte[] jar, String entry) throws IOException {
        return new String(RawZip.content(jar).get(entry), StandardCharsets.UTF_8);
    }

    private static byte[] changed(byte[] jar, UnaryOperator<Map<String, byte[]>> change) throws IOException {
        return RawZip.changed(jar, entries -> change.apply(new LinkedHashMap<>(entries)));
    }
}
