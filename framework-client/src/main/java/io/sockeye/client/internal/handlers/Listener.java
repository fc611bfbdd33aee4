package io.sockeye.client.internal.handlers;

import io.sockeye.client.EventHandler;
import io.sockeye.client.Handler;

/**
 * A handler of an event as it is called.
 *
 * @param original what the user gave, and may take back
 * @param once whether it is called for one event alone
 */
public record Listener(Handler original, EventHandler handler, boolean once) {}
