/** Settings that are not in the files of {@code etc/}. */
package org.latchkey.kernel.configuration;
