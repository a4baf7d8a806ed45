/** The device authorization grant (RFC 8628). */
package org.latchkey.grant.device;
