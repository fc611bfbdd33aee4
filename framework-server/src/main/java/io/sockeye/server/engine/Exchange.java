package io.sockeye.server.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A request that a host has received, and the answer that it waits for. It belongs to one loop at a time: everything is
 * called there, and everything that is given is called back there.
 *
 * <p>It is answered once, by {@link #answer}, {@link #stream} or {@link #upgrade}.
 */
public interface Exchange {
    /** The request as it came, without its body. The address and whether it is encrypted are those of the connection. */
    HttpRequest request();

    /** The method, such as {@code GET}. */
    default String method() {
        return request().method();
    }

    /** Path and query as they were sent. */
    default String uri() {
        return request().uri();
    }

    /** The values of a header, in their order; names are compared without case. */
    default List<String> headers(String name) {
        var all = request().headers();
        var values = new ArrayList<String>(1);
        for (int i = 0; i < all.size(); i += 2) {
            if (all.get(i).equalsIgnoreCase(name)) {
                values.add(all.get(i + 1));
            }
        }
        return values;
    }

    /** Whether the connection can become a WebSocket at all; not with HTTP/1.0. */
    default boolean mayUpgrade() {
        return true;
    }

    /** The loop that the exchange belongs to at present. */
    Loop loop();

    /**
     * Goes on with the task on the loop of that index, to which the exchange belongs from then on; at once if it does
     * already, never if the peer leaves meanwhile.
     */
    void moveTo(int index, Runnable task);

    /**
     * Collects the body.
     *
     * @param body called once all of it is there
     * @param tooLong called instead, as soon as the body is known to have more bytes, with how many at least
     */
    void readBody(int maxBytes, Consumer<Bytes> body, LongConsumer tooLong);

    /** Whether the answer is awaited: it was not given, and the peer has not left. */
    boolean isOpen();

    /** Called if the peer leaves before the answer. The last action that was given counts. */
    void onAbort(Runnable action);

    /** Called if the answer could not be sent to its end. */
    void onLost(Runnable action);

    /** Called when another request waits behind this one on its connection, at once if it does already; not after the answer. */
    void onFollowed(Runnable action);

    /** The client goes on with its session over this connection: it is kept if it can be, also while the server stops. */
    default void keepConnection() {}

    /**
     * Sends the whole answer. The headers that tell how long it is are the host's own. With {@code Connection: close} it is
     * the last one of the connection.
     *
     * @throws RuntimeException if it cannot be sent as it is; then the exchange is still open
     */
    void answer(int status, HttpHeaders headers, Bytes body);

    /** Begins an answer that goes on; otherwise as {@link #answer}. */
    Stream stream(int status, HttpHeaders headers);

    /**
     * Answers with 101: the connection becomes a WebSocket. The request was looked at and is right.
     *
     * @param headers further ones of the answer; the subprotocol is among them
     * @param opened called once the answer has left, with what takes and sends messages; returns who is told of what arrives
     */
    void upgrade(
            HttpHeaders headers,
            WebSocketChannel.Options options,
            Function<WebSocketChannel, WebSocketChannel.Listener> opened);

    /** A bug keeps the request from being answered: reports it, and ends the connection. */
    void fail(Throwable cause);

    /** The body of an answer that goes on until its end is told. */
    interface Stream {
        /** Whether the connection takes more. What is written nevertheless waits in memory. */
        boolean writable();

        /** Sends a further part at the end of the loop's turn, together with others. Ignored once the peer has left. */
        void write(Bytes part);

        /** Called whenever the connection takes more again. */
        void onWritable(Runnable action);

        /** Called if the peer leaves before the end. */
        void onAbort(Runnable action);

        /** That was all. */
        void end();
    }
}
