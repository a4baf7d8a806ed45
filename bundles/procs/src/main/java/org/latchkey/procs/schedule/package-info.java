/** Procs that run by themselves, at the times of a cron expression. */
package org.latchkey.procs.schedule;
