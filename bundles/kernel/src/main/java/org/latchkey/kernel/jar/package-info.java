/** What a jar is and whether it may run here, found out before any class of it is loaded. */
package org.latchkey.kernel.jar;
