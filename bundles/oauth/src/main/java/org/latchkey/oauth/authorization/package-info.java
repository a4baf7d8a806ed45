/** What somebody allowed a client, from the code to the last refresh token. */
package org.latchkey.oauth.authorization;
