/** What runs print: kept in the store, told to whoever follows. */
package org.latchkey.procs.log;
