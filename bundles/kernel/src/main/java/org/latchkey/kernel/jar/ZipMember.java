package org.latchkey.kernel.jar;

/**
 * An entry as the directory of a zip lists it, with what the JDK does not tell.
 *
 * @param name as stored
 * @param flags the general purpose bits
 * @param method 0 is stored, 8 is deflated
 * @param crc of the content
 * @param packed size of the content in the file
 * @param size of the content
 * @param offset where its local header begins
 * @param mode the Unix file mode, or 0
 */
record ZipMember(String name, int flags, int method, long crc, long packed, long size, long offset, int mode) {

    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int FILE_TYPE = 0xF000;
    private static final int REGULAR = 0x8000;
    private static final int SYMBOLIC_LINK = 0xA000;
    private static final int SHOWN = 100;

    boolean isDirectory() {
        return name.endsWith("/");
    }

    /** Whether its sizes stand behind its content and not before it. */
    boolean sizesFollow() {
        return (flags & SIZES_FOLLOW) != 0;
    }

    /** Whether it says that it is a symbolic link, a device or a pipe. Maven long gave folders the mode of a socket. */
    boolean isSpecial() {
        int type = mode & FILE_TYPE;
        return type == SYMBOLIC_LINK || !isDirectory() && type != 0 && type != REGULAR;
    }

    /** Its name as it may be printed. */
    String shown() {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "...";
    }
}
