package io.sockeye.server.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method is called for each new socket, before any of its events. It may take the {@link io.sockeye.server.Socket}
 * and returns nothing.
 *
 * <pre>{@code
 * @OnConnect
 * void arrived(Socket socket) {
 *     socket.join("lobby");
 * }
 * }</pre>
 *
 * @see io.sockeye.server.NamespaceHandlers#register
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnConnect {}
