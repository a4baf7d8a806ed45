/** Procs: what may be run, with what, by whom. */
package org.latchkey.procs.proc;
