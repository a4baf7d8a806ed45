/** What a plugin implements: one method, or only default ones. */
@Export
@Version("1.2.0")
package org.latchkey.api.extension;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
