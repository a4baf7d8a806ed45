/** Telling applications that somebody signed out (CAS 3.0.3, section 2.3.3 and appendix C). */
package org.latchkey.cas.logout;
