/** Answers that go on: server-sent events and WebSockets, read from feeds of endpoints without a thread of their own. */
package org.latchkey.web.feed;
