/** Tells the operator and the world outside what becomes of plugins. */
package org.latchkey.kernel.notice;
