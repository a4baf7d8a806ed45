/** What the CAS server says on the wire, and nothing of how it comes to say it. */
package org.latchkey.cas.answer;
