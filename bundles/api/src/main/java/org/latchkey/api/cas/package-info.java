/** What the CAS server asks of plugins: where its tickets and its services are kept. */
@Export
@Version("1.0.0")
package org.latchkey.api.cas;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
