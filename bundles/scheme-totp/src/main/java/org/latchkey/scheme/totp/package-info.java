/** One-time passwords of an app (RFC 6238), and recovery codes for who has lost it. */
package org.latchkey.scheme.totp;
