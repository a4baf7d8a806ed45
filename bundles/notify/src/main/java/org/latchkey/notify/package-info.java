/** Notices wait in the store until each notifier has taken them. */
package org.latchkey.notify;
