package org.latchkey.kernel.deploy;

import java.util.List;
import org.latchkey.kernel.jar.Jar;
import org.osgi.framework.Bundle;

/**
 * A plugin that runs.
 *
 * @param jar what it was installed from
 * @param bundle what it runs as
 * @param extensions the names of what it serves with
 */
record Revision(Jar jar, Bundle bundle, List<String> extensions) {}
