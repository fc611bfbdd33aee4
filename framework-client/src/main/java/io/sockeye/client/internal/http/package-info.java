/** Polling and WebSocket over the JDK's HTTP client, and workarounds for its faults. */
@NullMarked
package io.sockeye.client.internal.http;

import org.jspecify.annotations.NullMarked;
