/** Requests that the CAS server makes: short ones, to hosts that are not its own. */
package org.latchkey.cas.outgoing;
