/** How the running parts find, call and replace one another. */
@Export
@Version("1.1.0")
package org.latchkey.api.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
