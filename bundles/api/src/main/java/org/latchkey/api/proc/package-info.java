/** What runs procs, the approved automation: see {@link org.latchkey.api.proc.Executor}. */
@Export
@Version("1.0.0")
package org.latchkey.api.proc;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
