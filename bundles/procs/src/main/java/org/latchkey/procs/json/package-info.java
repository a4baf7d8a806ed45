/** Reading JSON strictly, with a pointer to what is wrong. */
package org.latchkey.procs.json;
