package io.sockeye.server;

/** What {@code on…} takes and {@code off…} takes back: {@link EventHandler}, {@link TypedHandler} and the like. */
public sealed interface Handler permits EventHandler, TypedHandler, RequestHandler {}
