/** The notices of procs. */
package org.latchkey.procs.notice;
