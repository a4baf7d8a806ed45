/** Certificates that clients show: whose word counts for what. */
package org.latchkey.web.certificate;
