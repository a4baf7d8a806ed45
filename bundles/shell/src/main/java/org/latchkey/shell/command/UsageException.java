package org.latchkey.shell.command;

/** A command was not written as it must be. The message says how, in one or more lines. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message, null, false, false);
    }
}
