/** The secrets of procs, sealed where they are stored. */
package org.latchkey.procs.secret;
