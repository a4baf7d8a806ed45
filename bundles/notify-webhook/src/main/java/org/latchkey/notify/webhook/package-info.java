/** Notices as CloudEvents 1.0, signed after Standard Webhooks 1.0.0, sent to others over HTTP. */
package org.latchkey.notify.webhook;
