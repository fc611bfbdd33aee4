package io.sockeye.server;

/**
 * A handler that {@code on…} adds and {@code off…} removes: {@link EventHandler}, {@link TypedHandler} and the like.
 */
public sealed interface Handler permits EventHandler, TypedHandler, RequestHandler {}
