/** The authorization endpoint (RFC 6749, 3.1; OpenID Connect Core, 3): from the request to the answer at the client. */
package org.latchkey.oauth.authorize;
