/** A native provider of signatures, as a service, where the platform has a library for it. */
package org.latchkey.crypto;
