package org.latchkey.kernel.jar;

import java.io.IOException;

/** Refuses a file that is not the sound bundle any more that it was when it was read. */
final class SameContent implements JarCheck {

    @Override
    public void refuse(Jar jar) throws IOException, Rejection {
        if (!JarReader.read(jar.file()).equals(jar)) {
            throw new Rejection("It was changed while it was being checked.");
        }
    }
}
