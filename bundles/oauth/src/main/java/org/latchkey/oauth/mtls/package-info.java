/** Certificates as proof of who a client is, and of whose a token is (RFC 8705). */
package org.latchkey.oauth.mtls;
