/**
 * Signs people in who are in an LDAP directory or an Active Directory (RFC 4511, 4513): their entry is found, and the
 * secret is proved by a bind as them. What is unclear is a no.
 */
package org.latchkey.auth.ldap;
