/** Tokens that are bound to a key of the client (RFC 9449, DPoP). */
package org.latchkey.oauth.dpop;
