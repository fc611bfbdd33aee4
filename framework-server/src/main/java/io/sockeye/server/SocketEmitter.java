package io.sockeye.server;

import java.time.Duration;

/**
 * Emits to one socket in a certain way. Immutable; any thread.
 *
 * <pre>{@code
 * SocketEmitter patient = socket.timeout(Duration.ofMinutes(1));
 * patient.request("sign here", byte[].class).thenAccept(signature -> …);
 * }</pre>
 */
public interface SocketEmitter extends Emitter {
    @Override
    SocketEmitter timeout(Duration limit);

    @Override
    SocketEmitter asVolatile();

    @Override
    SocketEmitter compress(boolean wanted);

    @Override
    Broadcast broadcast();
}
