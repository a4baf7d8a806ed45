package org.latchkey.runtime.procs;

/** The command cannot go on. The message is for whoever typed it, as it stands. */
final class ClientFailure extends RuntimeException {

    /** The exit codes of {@code bin/latchkey procs}, but for a run that failed: that ends with its own. */
    enum Kind {
        /** The server, or a file, says no. */
        REFUSED(1),
        /** What was typed is no command. */
        MISUSED(2),
        /** The server cannot be asked. */
        UNREACHABLE(3);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    private ClientFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static ClientFailure refused(String message) {
        return new ClientFailure(Kind.REFUSED, message);
    }

    static ClientFailure misused(String message) {
        return new ClientFailure(Kind.MISUSED, message);
    }

    static ClientFailure unreachable(String message) {
        return new ClientFailure(Kind.UNREACHABLE, message);
    }

    Kind kind() {
        return kind;
    }
}
