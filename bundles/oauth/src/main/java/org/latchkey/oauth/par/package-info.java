/** Pushed authorization requests (RFC 9126): clients say what they ask for before the browser comes. */
package org.latchkey.oauth.par;
