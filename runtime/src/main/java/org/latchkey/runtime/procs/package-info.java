/**
 * {@code bin/latchkey procs}: lists and runs the procs of a server over its HTTP API, with the verbs and the settings of
 * Proctor's command line. It is no part of the server and shares nothing with the launcher but its jar.
 */
package org.latchkey.runtime.procs;
