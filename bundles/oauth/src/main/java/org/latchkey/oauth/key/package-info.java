/** The keys of an OAuth server: what signs tokens, what is published, how keys follow one another, what seals state. */
package org.latchkey.oauth.key;
