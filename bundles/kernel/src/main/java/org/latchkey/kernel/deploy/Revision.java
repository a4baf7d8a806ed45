package org.latchkey.kernel.deploy;

import java.util.List;
import org.latchkey.kernel.jar.Jar;
import org.osgi.framework.Bundle;

/**
 * One revision of a plugin that has come up.
 *
 * @param jar what it was installed from
 * @param life at which stage it is
 * @param bundle what it runs as
 * @param extensions the names of what it serves with
 * @param traces by which its threads are known
 */
record Revision(Jar jar, Life life, Bundle bundle, List<String> extensions, Traces traces) {

    /** The same revision of a jar that lies elsewhere. */
    Revision of(Jar same) {
        return new Revision(same, life, bundle, extensions, traces);
    }

    boolean isOf(Jar other) {
        return jar.sha256().equals(other.sha256());
    }
}
