/** Notices by mail, over SMTP (RFC 5321). */
package org.latchkey.notify.mail;
