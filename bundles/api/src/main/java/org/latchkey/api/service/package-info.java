/** What the core gives to plugins and to its own bundles. */
@Export
@Version("1.2.0")
package org.latchkey.api.service;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
