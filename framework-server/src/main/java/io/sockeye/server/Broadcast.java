package io.sockeye.server;

import java.time.Duration;

/**
 * Some sockets of a namespace and the way in which to emit to them. Immutable: each method returns another one, so that
 * one can be kept and used again. Any thread.
 *
 * <pre>{@code
 * Broadcast team = server.to("red", "blue").except("muted");
 * team.emit("news", text);
 * team.asVolatile().emit("position", x, y);
 * }</pre>
 */
public interface Broadcast extends Audience {
    @Override
    Broadcast broadcast();

    /** Also the sockets in these rooms; from all of the namespace, only those. */
    @Override
    Broadcast to(String... rooms);

    @Override
    Broadcast in(String... rooms);

    @Override
    Broadcast except(String... rooms);

    @Override
    Broadcast local();

    @Override
    Broadcast asVolatile();

    @Override
    Broadcast compress(boolean wanted);

    @Override
    Broadcast timeout(Duration limit);
}
