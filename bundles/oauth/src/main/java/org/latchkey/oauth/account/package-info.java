/** What people see of the OAuth server on their account page. */
package org.latchkey.oauth.account;
