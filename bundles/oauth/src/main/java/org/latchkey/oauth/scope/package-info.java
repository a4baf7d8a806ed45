/** What scopes demand of people: who may have them, and what they have to prove first. */
package org.latchkey.oauth.scope;
