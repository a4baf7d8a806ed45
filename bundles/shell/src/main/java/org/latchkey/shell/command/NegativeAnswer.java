package org.latchkey.shell.command;

/** A command has answered, and the answer is no: its exit code is 1, and there is nothing more to say. */
public final class NegativeAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NegativeAnswer() {
        super("The answer is no.", null, false, false);
    }
}
