/** Hands the password of a sign-in on to chosen applications, encrypted for each of them. */
package org.latchkey.clearpass;
