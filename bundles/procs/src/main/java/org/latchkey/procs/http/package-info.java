/** The routes and what answers at them. */
package org.latchkey.procs.http;
