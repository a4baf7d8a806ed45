/** Notices in a Slack channel, by an incoming webhook. */
package org.latchkey.notify.slack;
