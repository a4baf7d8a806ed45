/**
 * Signs people in with the tokens of Gate, an access portal, and has a say by the groups that Gate tells of them, as
 * Proctor's plugin of that name does. What is unclear is a no.
 */
package org.latchkey.auth.gate;
