package org.latchkey.kernel.jar;

import static org.latchkey.kernel.jar.ZipDirectory.u2;
import static org.latchkey.kernel.jar.ZipDirectory.u4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;

/**
 * Compares the header in front of each entry with the directory. Two readers of one file must see the same
 * jar: whoever reads from the front and whoever reads the directory. So the entries lie one behind the
 * other, without overlap, and nothing lies between them.
 */
final class LocalHeaders {

    static final int HEADER = 0x04034B50;
    private static final int HEADER_LENGTH = 30;
    private static final int LONGEST_DESCRIPTOR = 24;

    private final ZipDirectory zip;

    LocalHeaders(ZipDirectory zip) {
        this.zip = zip;
    }

    /** Refuses a zip whose entries do not lie in it as its directory says. */
    void refuse(List<ZipMember> members) throws IOException, Rejection {
        long directory = zip.place()
                .orElseThrow(() -> ZipDirectory.damaged("it changes"))
                .offset();
        List<ZipMember> ordered = members.stream()
                .sorted(Comparator.comparingLong(ZipMember::offset))
                .toList();
        long end = 0;
        long gap = 0;
        for (ZipMember member : ordered) {
            refuseGap(member.offset() - end, gap);
            end = end(member, directory);
            gap = member.sizesFollow() ? LONGEST_DESCRIPTOR : 0;
        }
        refuseGap(directory - end, gap);
    }

    private static void refuseGap(long found, long allowed) throws Rejection {
        if (found < 0) {
            throw new Rejection("Its entries overlap.");
        }
        if (found > allowed) {
            throw new Rejection("It has content that its directory does not list.");
        }
    }

    private long end(ZipMember member, long directory) throws IOException, Rejection {
        ByteBuffer header = zip.bytes(member.offset(), HEADER_LENGTH);
        if (member.offset() >= directory || header.limit() < HEADER_LENGTH || header.getInt(0) != HEADER) {
            throw ZipDirectory.damaged("there is no entry where its directory says");
        }
        ByteBuffer name = zip.bytes(member.offset() + HEADER_LENGTH, u2(header, 26));
        if (!agrees(header, member) || !ZipDirectory.name(name).equals(member.name())) {
            throw new Rejection("Its directory and its content do not agree about the entry " + member.shown() + ".");
        }
        return member.offset() + HEADER_LENGTH + u2(header, 26) + u2(header, 28) + member.packed();
    }

    private static boolean agrees(ByteBuffer header, ZipMember member) {
        boolean sizes = member.sizesFollow()
                || u4(header, 14) == member.crc()
                        && u4(header, 18) == member.packed()
                        && u4(header, 22) == member.size();
        return sizes && u2(header, 8) == member.method();
    }
}
