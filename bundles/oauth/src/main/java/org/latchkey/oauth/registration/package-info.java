/** How clients register themselves (RFC 7591) and manage what they registered (RFC 7592). */
package org.latchkey.oauth.registration;
