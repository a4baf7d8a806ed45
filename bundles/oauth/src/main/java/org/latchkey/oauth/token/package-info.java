/** Tokens: how they are made and judged, and the token endpoint (RFC 6749, 3.2). */
package org.latchkey.oauth.token;
