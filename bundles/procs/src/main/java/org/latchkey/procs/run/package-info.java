/** Runs of procs, from the wish to the end. */
package org.latchkey.procs.run;
