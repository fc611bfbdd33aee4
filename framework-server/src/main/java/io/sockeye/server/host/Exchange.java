package io.sockeye.server.host;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.memory.Budget;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A request that a host has received, and its answer. Belongs to one loop at a time: all methods are called on it, and
 * all callbacks as well.
 *
 * <p>Answered once, by {@link #answer}, {@link #stream} or {@link #upgrade}. Once the peer has left, {@link #isOpen} is
 * false, and an answer has no effect.
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

    /** Whether the request asks for a WebSocket. */
    default boolean asksForWebSocket() {
        boolean upgrade = headers("connection").stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .anyMatch(option -> option.strip().equalsIgnoreCase("upgrade"));
        return upgrade && headers("upgrade").stream().anyMatch("websocket"::equalsIgnoreCase);
    }

    /** Whether the connection can become a WebSocket at all; not with HTTP/1.0, and not where a body follows. */
    default boolean mayUpgrade() {
        return true;
    }

    /** The loop that the exchange belongs to at present. */
    Loop loop();

    /**
     * Moves the exchange to the loop of that index and runs the task there; at once if it belongs to that loop already,
     * never if the peer leaves meanwhile.
     */
    void moveTo(int index, Runnable task);

    /**
     * Collects the body.
     *
     * @param body called once all of it is there
     * @param tooLong called instead, as soon as the body is known to have more bytes, with how many at least
     */
    void readBody(int maxBytes, Consumer<Bytes> body, LongConsumer tooLong);

    /** Whether it can be answered: it was not answered yet, and the peer has not left. */
    boolean isOpen();

    /** Whether another request waits behind this one on its connection. */
    default boolean isFollowed() {
        return false;
    }

    /** Sets the listener; called once, before any other method. */
    void listen(Listener listener);

    /**
     * The client will use this connection for its session again: it is kept open if possible, also while the server
     * stops.
     */
    default void keepConnection() {}

    /**
     * Sends the whole answer. The host sets the headers of its length. With {@code Connection: close} it is the last
     * answer of the connection.
     *
     * @throws RuntimeException if it cannot be sent as it is; the exchange is still open then
     */
    void answer(int status, HttpHeaders headers, Bytes body);

    /**
     * Like {@link #answer(int, HttpHeaders, Bytes)}, for a body of several parts. A host may send them one after
     * another as the peer takes them, instead of keeping a copy of all.
     *
     * @param left called when the parts are not needed any more: once they are sent, or lost. A host that copies them
     *     calls it at once
     */
    default void answer(int status, HttpHeaders headers, List<Bytes> body, Runnable left) {
        answer(status, headers, Bytes.join(body));
        left.run();
    }

    /**
     * Ends the connection at once; the unsent rest of the answer is lost. Does nothing on a host that keeps no answers.
     */
    default void drop() {}

    /** Begins an answer whose body is written part by part; otherwise like {@link #answer}. */
    Stream stream(int status, HttpHeaders headers);

    /**
     * Answers with 101: the connection becomes a WebSocket. The request was checked and is valid.
     *
     * @param headers further headers of the answer; those of the WebSocket handshake are ignored
     * @param opened called once the answer is sent, with the channel; returns the channel's listener. Not called if the
     *     peer leaves before. An exception ends the connection, as by {@link #fail}
     */
    void upgrade(
            HttpHeaders headers,
            WebSocketChannel.Options options,
            Function<WebSocketChannel, WebSocketChannel.Listener> opened);

    /** Reports a failure that prevents an answer, and ends the connection. */
    void fail(Throwable cause);

    /** Callbacks of an exchange. */
    interface Listener {
        /** The peer has left before the answer, or before the end of a {@link Stream}. */
        void onAbort();

        /**
         * So many bytes of the body are held; called while it arrives. None are held once it was passed on, refused, or
         * the exchange is answered. A host that holds little need not call it.
         */
        default void onBodyHeld(long bytes) {}

        /** The answer could not be sent to its end. */
        void onLost();

        /** Another request waits behind this one; not called after the answer. */
        void onFollowed();

        /** A {@link Stream} became writable again. */
        void onWritable();

        /**
         * The rest of the request breaks the rules of HTTP: it must be refused with this answer, and the connection
         * ends.
         */
        void onBroken(int status, String text);
    }

    /**
     * The body of an answer, written part by part until {@link #end}, without a limit of time between parts. A writer
     * must wait for the peer: while {@link #writable} is false, until {@link Listener#onWritable}. A server that stops
     * waits for the end of such an answer, until its timeout is over.
     */
    interface Stream {
        /** The most bytes that may wait in memory for the peer. */
        int MAX_WAITING = 16 << 20;

        /** Charges what is written and not sent to a budget from now on. A host that keeps little need not. */
        default void chargeTo(Budget budget) {}

        /** Whether the connection takes more. Parts that are written while it does not wait in memory. */
        boolean writable();

        /**
         * Sends a part, together with all other writes of the loop's turn. Ignored once the peer has left. If more than
         * {@link #MAX_WAITING} bytes would wait, the connection ends instead, as if the peer had left.
         */
        void write(Bytes part);

        /** Ends the body. */
        void end();
    }
}
