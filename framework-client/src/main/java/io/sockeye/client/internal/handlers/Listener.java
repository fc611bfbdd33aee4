package io.sockeye.client.internal.handlers;

import io.sockeye.client.EventHandler;
import io.sockeye.client.Handler;

/**
 * A handler of an event, as it was added.
 *
 * @param original the user's object, by which it is removed
 * @param once whether it is called for one event only
 */
public record Listener(Handler original, EventHandler handler, boolean once) {}
