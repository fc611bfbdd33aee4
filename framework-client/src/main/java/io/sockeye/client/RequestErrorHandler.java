package io.sockeye.client;

import io.sockeye.event.Ack;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the server gets when the handler of its request fails. Called on the thread where it failed.
 *
 * <pre>{@code
 * SocketClient.builder(url).onRequestError((event, error) ->
 *         error instanceof TimeoutException ? new Rejection("try later") : new Rejection("internal error"));
 * }</pre>
 */
@FunctionalInterface
public interface RequestErrorHandler {
    /** The value to return if no acknowledgement is to be sent. */
    Object NO_ANSWER = Ack.NO_ANSWER;

    /**
     * The acknowledgement's value. A {@link io.sockeye.event.Rejection}, returned or thrown, is sent as such.
     *
     * @param error what the handler of the request threw, or what its future failed with; never a {@code Rejection}, which
     *     is the answer itself
     */
    @Nullable
    Object answer(String event, Throwable error) throws Exception;
}
