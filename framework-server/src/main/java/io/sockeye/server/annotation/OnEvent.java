package io.sockeye.server.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method handles events of these names. Its parameters, in any order:
 *
 * <ul>
 *   <li>the {@link io.sockeye.server.Socket};
 *   <li>{@link io.sockeye.event.Args} for all arguments;
 *   <li>{@link io.sockeye.event.Ack} for an acknowledgement that the method sends itself, which must then return
 *       nothing;
 *   <li>each other parameter takes the next argument, read as its type, which may be generic. One of type
 *       {@link java.util.Optional} is empty if the client sent no such argument, or null; all others must be sent, and
 *       not null unless they are marked with a {@code @Nullable} that is retained at run time (such as JSpecify's).
 *       Otherwise the error handler gets an {@link io.sockeye.event.UnexpectedArgumentsException} and the method is not
 *       called. Further arguments are ignored.
 * </ul>
 *
 * What the method returns, null included, is the acknowledgement, written as the declared type: the elements of a
 * {@code List<Question>} have the property that distinguishes subtypes. A {@link java.util.concurrent.CompletionStage}
 * acknowledges when it is complete. A {@code void} method sends no acknowledgement by itself.
 *
 * <pre>{@code
 * @OnEvent("say")
 * Receipt say(Socket socket, String room, List<Line> lines) {
 *     socket.to(room).emit("said", lines);
 *     return new Receipt(lines.size());
 * }
 * }</pre>
 *
 * @see io.sockeye.server.NamespaceHandlers#register
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnEvent {
    /** The events' names: at least one, none of them blank or reserved, and no other method's of the object. */
    String[] value();
}
