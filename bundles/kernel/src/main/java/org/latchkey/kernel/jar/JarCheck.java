package org.latchkey.kernel.jar;

import java.io.IOException;

/** One question that a jar must pass before anything of it is installed. Writes nothing and loads no class of it. */
@FunctionalInterface
public interface JarCheck {

    /**
     * Returns if the jar passes.
     *
     * @throws Rejection with the reason why it does not
     * @throws IOException if the file cannot be read, for instance because it is gone
     */
    void refuse(Jar jar) throws IOException, Rejection;
}
