/** The registries that come with the CAS server: tickets in memory, services from the configuration. */
package org.latchkey.cas.registry;
