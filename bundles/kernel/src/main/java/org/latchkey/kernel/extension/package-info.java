/** Who extends the server, in which order, and how their calls are kept from hurting anybody else. */
package org.latchkey.kernel.extension;
