/** What plugins add to the OAuth 2 and OpenID Connect server: clients and grants. */
@Export
@Version("1.0.0")
package org.latchkey.api.oauth;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
