package io.sockeye.client;

/** What {@code on…} takes and {@code off} takes back: {@link EventHandler}, {@link TypedHandler}, {@link RequestHandler}. */
public sealed interface Handler permits EventHandler, TypedHandler, RequestHandler {}
