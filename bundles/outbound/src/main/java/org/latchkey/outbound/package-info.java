/** How the server calls others: whom it may call, on which threads, and how much of an answer it reads. */
package org.latchkey.outbound;
