/** The REST API, health and discovery, as endpoints. */
package org.latchkey.admin;
