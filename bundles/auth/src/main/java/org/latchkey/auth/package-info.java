/** Who somebody is, what they may do, and the tokens that say so. */
package org.latchkey.auth;
