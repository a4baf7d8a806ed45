/** The pages that people see: sign-in, sign-out, and whatever a protocol has to say to them. */
package org.latchkey.web.page;
