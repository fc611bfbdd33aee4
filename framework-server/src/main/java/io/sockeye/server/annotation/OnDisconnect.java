package io.sockeye.server.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method is called when a socket is gone, after all of its events. It may take the
 * {@link io.sockeye.server.Socket} and the {@link io.sockeye.server.DisconnectReason}, in any order, and returns
 * nothing.
 *
 * <pre>{@code
 * @OnDisconnect
 * void left(Socket socket, DisconnectReason reason) {
 *     log.info("{}: {}", socket.id(), reason.text());
 * }
 * }</pre>
 *
 * @see io.sockeye.server.NamespaceHandlers#register
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnDisconnect {}
