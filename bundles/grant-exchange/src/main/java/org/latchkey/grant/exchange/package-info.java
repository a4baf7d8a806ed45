/** Token exchange (RFC 8693). */
package org.latchkey.grant.exchange;
