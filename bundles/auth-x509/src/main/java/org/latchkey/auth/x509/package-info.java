/** Sign-in by the certificate that a browser shows. */
package org.latchkey.auth.x509;
