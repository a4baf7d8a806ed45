package org.latchkey.kernel.jar;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Refuses entries that another program could take for something else than a file or folder inside of the jar. */
final class EntryNames {

    private EntryNames() {}

    static void refuse(List<ZipMember> members) throws Rejection {
        Set<String> names = new HashSet<>();
        for (ZipMember member : members) {
            refuseLeavingTheJar(member);
            refuseSpecialFile(member);
            refuseFolderWithContent(member);
            refuseOtherSpelling(member);
            if (!names.add(member.name())) {
                throw new Rejection("It has two entries named " + member.shown() + ".");
            }
        }
    }

    private static void refuseLeavingTheJar(ZipMember member) throws Rejection {
        String path = member.name();
        String inner = "/" + (member.isDirectory() ? path.substring(0, path.length() - 1) : path) + "/";
        boolean plain = !inner.contains("/../")
                && !inner.contains("/./")
                && !inner.contains("//")
                && path.indexOf('\\') < 0
                && path.indexOf(':') != 1
                && path.chars().noneMatch(Character::isISOControl);
        if (!plain) {
            throw new Rejection("It has an entry whose name leads out of the jar: \"" + member.shown() + "\".");
        }
    }

    private static void refuseSpecialFile(ZipMember member) throws Rejection {
        if (member.isSpecial()) {
            throw new Rejection("Its entry " + member.shown() + " is a symbolic link or a special file.");
        }
    }

    private static void refuseFolderWithContent(ZipMember member) throws Rejection {
        if (member.isDirectory() && member.size() > 0) {
            throw new Rejection("Its entry " + member.shown() + " is a folder and has content.");
        }
    }

    /** The JDK finds the manifest whatever its case, the framework does not: they would read two different ones. */
    private static void refuseOtherSpelling(ZipMember member) throws Rejection {
        String upper = member.name().toUpperCase(Locale.ROOT);
        boolean meta = upper.startsWith("META-INF/") && !member.name().startsWith("META-INF/");
        boolean manifest = upper.equals("META-INF/MANIFEST.MF") && !upper.equals(member.name());
        if (meta || manifest) {
            throw new Rejection("Its entry " + member.shown() + " could be mistaken for one of META-INF/.");
        }
    }
}
