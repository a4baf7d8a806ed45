/** Changes with their notices, stored as one. */
package org.latchkey.procs.store;
