/**
 * LDAP v3 (RFC 4511) for software that knows nothing else: it reads the directory and signs people in. Nothing can
 * be changed this way.
 */
package org.latchkey.ldap;
