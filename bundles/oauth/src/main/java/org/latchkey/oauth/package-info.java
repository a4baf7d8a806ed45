/** OAuth 2 and OpenID Connect: what is asked at each address, checked in named steps, and what is answered. */
package org.latchkey.oauth;
