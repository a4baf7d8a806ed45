package org.latchkey.shell.command;

import java.io.IOException;

/**
 * One thing a command can do.
 *
 * @param name the word that asks for it
 * @param form what follows it, as {@link Syntax} reads it
 * @param action does it
 */
record Verb(String name, String form, Action action) {

    /** Does what was asked for, or refuses. */
    @FunctionalInterface
    interface Action {
        void run(Arguments arguments, Terminal terminal) throws IOException;
    }
}
