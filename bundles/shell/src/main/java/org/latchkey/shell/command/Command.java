package org.latchkey.shell.command;

import java.util.stream.Stream;

/** A service whose methods are commands of the shell, and which knows how they are written. */
public interface Command {

    /** The usage lines of one of its commands, named in lower case. */
    Stream<String> usage(String command);
}
