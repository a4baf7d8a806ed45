/** Values that plugins and the core share: immutable, without null, safe to keep and to print. */
@Export
@Version("1.0.0")
package org.latchkey.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
