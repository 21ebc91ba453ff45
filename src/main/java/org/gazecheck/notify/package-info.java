/**
 * Messages about a night: webhooks with retries, dead man's switch, metrics for Prometheus, and the log of events.
 * Whether there is anything to say is decided in {@code nightly}.
 */
package org.gazecheck.notify;
