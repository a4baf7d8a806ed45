package org.latchkey.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The lines of a shell, one after the other. */
@FunctionalInterface
interface ShellLines extends Closeable {

    /** The next line in UTF-8, without its end; nothing at the end of input. */
    Optional<byte[]> next() throws IOException;

    @Override
    default void close() throws IOException {}
}
