package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.UnexpectedArgumentsException;
import org.jspecify.annotations.Nullable;

/**
 * Decides the answer to a request that failed: its handler, or the future that that returned, failed with another
 * exception than a {@link io.sockeye.event.Rejection}. The exception is reported to the {@link ErrorHandler} in any
 * case. Called on the thread on which the request failed.
 *
 * <pre>{@code
 * SocketServer.builder().onRequestError((socket, event, error) ->
 *         error instanceof TimeoutException ? new Rejection("try again") : new Rejection("internal error"))
 * }</pre>
 */
@FunctionalInterface
public interface RequestErrorHandler {
    /** Returned to send no answer, as the reference server does. */
    Object NO_ANSWER = Ack.NO_ANSWER;

    /**
     * The acknowledgement: a {@link io.sockeye.event.Rejection}, which may be thrown as well, any other value, or {@link
     * #NO_ANSWER}. Any other exception is reported, and the answer is {@code new Rejection("internal error")}.
     *
     * @param error what the handler threw, not wrapped; {@link UnexpectedArgumentsException} for what did not fit
     */
    @Nullable
    Object answer(Socket socket, String event, Throwable error) throws Exception;
}
