/** Web endpoints without servlet types. */
@Export
@Version("1.2.0")
package org.latchkey.api.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
