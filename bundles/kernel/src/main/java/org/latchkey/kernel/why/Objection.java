package org.latchkey.kernel.why;

import java.io.IOException;
import java.util.List;
import org.latchkey.api.kernel.PluginCheck.Finding;

/** One reason for which a jar may not serve. */
@FunctionalInterface
public interface Objection {

    /** What speaks against the jar, what weighs most first. Changes nothing and loads no class of it. */
    List<Finding> to(Candidate candidate) throws IOException;
}
