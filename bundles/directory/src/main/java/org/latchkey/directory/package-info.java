/** Entities and groups: every change a visible table of named steps, and the hooks in their places. */
package org.latchkey.directory;
