package io.sockeye.server;

import java.time.Duration;

/**
 * Reported for a handler that runs longer than {@link SocketServerBuilder#handlerDeadline} allows. It is not
 * interrupted; the stack trace shows where it was.
 *
 * <pre>{@code
 * SocketServer.builder()
 *         .handlerDeadline(Duration.ofSeconds(10))
 *         .onError((error, where) -> log.error("{}", where, error));
 * }</pre>
 */
public final class StuckHandlerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StuckHandlerException(Thread thread, Duration deadline) {
        super("a handler on thread '%s' runs for longer than %d ms".formatted(thread.getName(), deadline.toMillis()));
        setStackTrace(thread.getStackTrace());
    }
}
