package io.sockeye.server;

/**
 * Adds handlers that run on another executor than the others of a namespace or socket; see {@link
 * SocketHandlers#withExecutor}. Any thread.
 *
 * <pre>{@code
 * server.withExecutor(pool).on("report", String.class, (socket, name) -> socket.emit("report", write(name)));
 * server.withEventLoop().on("move", (socket, args) -> socket.asVolatile().to("game").emit("moved", args.value(0)));
 * }</pre>
 */
public interface HandlerGroup extends EventHandlers<HandlerGroup> {}
