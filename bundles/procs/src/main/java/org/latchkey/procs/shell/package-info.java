/** The commands of the operator's shell. */
package org.latchkey.procs.shell;
