/** What exactly a client may do, in objects in place of scopes (RFC 9396). */
package org.latchkey.oauth.details;
