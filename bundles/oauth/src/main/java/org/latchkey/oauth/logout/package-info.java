/**
 * The end of a session and what clients hear of it: RP-Initiated Logout, Back-Channel Logout, Front-Channel Logout and Session
 * Management, each OpenID Connect 1.0. See {@code bundles/oauth/docs/logout.md}.
 */
package org.latchkey.oauth.logout;
