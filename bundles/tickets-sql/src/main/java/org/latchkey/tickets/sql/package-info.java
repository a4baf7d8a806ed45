/** The tickets of the CAS server in the store. */
package org.latchkey.tickets.sql;
