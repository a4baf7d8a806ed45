/**
 * Runs procs as processes of this machine, each with a folder of its own, in which its output and its exit code wait for
 * whoever asks: it needs neither this bundle nor the server to go on.
 */
package org.latchkey.procs.exec.local;
