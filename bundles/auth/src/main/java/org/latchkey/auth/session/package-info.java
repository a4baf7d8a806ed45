/** Who is signed in at which browser. */
package org.latchkey.auth.session;
