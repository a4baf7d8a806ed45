/** Asking an application's callback whether it is there, before it gets a proxy-granting ticket (CAS 3.0.3, section 2.5.4). */
package org.latchkey.cas.proxy;
