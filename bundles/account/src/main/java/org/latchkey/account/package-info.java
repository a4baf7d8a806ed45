/** The page where people see what is theirs and take it away. */
package org.latchkey.account;
