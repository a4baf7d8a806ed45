package org.latchkey.kernel.jar;

/** Why a jar does not become a plugin, in one line that an operator understands. */
public final class Rejection extends Exception {

    private static final long serialVersionUID = 1L;

    public Rejection(String reason) {
        super(plain(reason.lines().findFirst().orElse("no reason given")), null, false, false);
    }

    /** What a jar calls itself ends up in logs and on terminals: without control characters. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
