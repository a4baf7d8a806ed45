/** Who asks, and what they may see, run and change. */
package org.latchkey.procs.access;
