/** The CAS protocol 3.0.3. */
package org.latchkey.cas;
