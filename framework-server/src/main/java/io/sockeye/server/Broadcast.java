package io.sockeye.server;

import java.time.Duration;

/**
 * Some sockets of a namespace, with the flags for emitting to them. Immutable: each method returns a new one, so that
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

    /** Adds the sockets in these rooms; the first call restricts all of the namespace to them. */
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
