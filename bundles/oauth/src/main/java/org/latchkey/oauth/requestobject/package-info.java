/** Requests in signed objects (RFC 9101; OpenID Connect Core, 6). */
package org.latchkey.oauth.requestobject;
