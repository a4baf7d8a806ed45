/** Approved automation that groups of people run: the HTTP API of Proctor 2, its store and its runs. */
package org.latchkey.procs;
