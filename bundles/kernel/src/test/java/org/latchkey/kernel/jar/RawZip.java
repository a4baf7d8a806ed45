package org.latchkey.kernel.jar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Writes zips byte by byte, also such that no honest tool would write. All entries are stored. */
final class RawZip {

    private record Listed(String name, int offset, byte[] content, int mode) {}

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Listed> listed = new ArrayList<>();

    /** A zip with a bundle's manifest as its first entry. */
    static RawZip bundle() {
        return new RawZip()
                .with(
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: org.a\n");
    }

    RawZip with(String name, String content) {
        return with(name, name, content, 0);
    }

    /** An entry that calls itself one thing in the directory and another in front of its content. */
    RawZip with(String name, String localName, String content, int mode) {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        listed.add(new Listed(name, bytes.size(), data, mode));
        return hidden(localName, data);
    }

    /** An entry that the directory does not list. */
    RawZip hidden(String localName, byte[] data) {
        byte[] name = localName.getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = little(30);
        header.putInt(0x04034B50).putShort((short) 20).putShort((short) 0x800).putShort((short) 0);
        header.putInt(0).putInt(crc(data)).putInt(data.length).putInt(data.length);
        header.putShort((short) name.length).putShort((short) 0);
        bytes.writeBytes(header.array());
        bytes.writeBytes(name);
        bytes.writeBytes(data);
        return this;
    }

    /** Lists the last entry once more, under another name. */
    RawZip listedAgainAs(String name) {
        Listed last = listed.get(listed.size() - 1);
        listed.add(new Listed(name, last.offset(), last.content(), last.mode()));
        return this;
    }

    byte[] toBytes() {
        int directory = bytes.size();
        listed.forEach(this::list);
        ByteBuffer end = little(22);
        end.putInt(0x06054B50).putInt(0).putShort((short) listed.size()).putShort((short) listed.size());
        end.putInt(bytes.size() - directory).putInt(directory).putShort((short) 0);
        bytes.writeBytes(end.array());
        return bytes.toByteArray();
    }

    private void list(Listed entry) {
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = little(46);
        header.putInt(0x02014B50)
                .putShort((short) (3 << 8 | 20))
                .putShort((short) 20)
                .putShort((short) 0x800);
        header.putShort((short) 0).putInt(0).putInt(crc(entry.content()));
        header.putInt(entry.content().length).putInt(entry.content().length);
        header.putShort((short) name.length)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0);
        header.putShort((short) 0).putInt(entry.mode() << 16).putInt(entry.offset());
        bytes.writeBytes(header.array());
        bytes.writeBytes(name);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return (int) crc.getValue();
    }

    /** What is in a zip, in its order. */
    static Map<String, byte[]> content(byte[] zip) throws IOException {
        Map<String, byte[]> content = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                content.put(entry.getName(), in.readAllBytes());
            }
        }
        return content;
    }

    /** The same zip after somebody had a hand in it. */
    static byte[] changed(byte[] zip, UnaryOperator<Map<String, byte[]>> change) throws IOException {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(changed)) {
            for (var entry : change.apply(content(zip)).entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return changed.toByteArray();
    }
}
