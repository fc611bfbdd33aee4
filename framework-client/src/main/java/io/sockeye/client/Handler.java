package io.sockeye.client;

/** What {@code on…} adds and {@code off} removes: {@link EventHandler}, {@link TypedHandler}, {@link RequestHandler}. */
public sealed interface Handler permits EventHandler, TypedHandler, RequestHandler {}
