/** One narrow store for every kind of object. */
@Export
@Version("1.0.0")
package org.latchkey.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
