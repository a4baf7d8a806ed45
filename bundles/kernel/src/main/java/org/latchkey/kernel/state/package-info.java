/** What plugins remember. */
package org.latchkey.kernel.state;
