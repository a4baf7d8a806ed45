/** The services of the CAS server in the store. */
package org.latchkey.services.sql;
