/** Counters for Prometheus. */
package org.latchkey.procs.metric;
