/** Tells other systems that a run has ended. */
package org.latchkey.procs.callback;
