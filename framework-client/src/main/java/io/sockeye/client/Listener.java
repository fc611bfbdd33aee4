package io.sockeye.client;

/**
 * A handler of an event as it is called.
 *
 * @param original what the user gave, and may take back
 * @param once whether it is called for one event alone
 */
record Listener(Handler original, EventHandler handler, boolean once) {}
