/** Clients: what is known of them, how they are registered, and how they prove who they are. */
package org.latchkey.oauth.client;
