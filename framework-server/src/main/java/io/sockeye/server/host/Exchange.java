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
 * A request that a host has received, and the answer that it waits for. It belongs to one loop at a time: everything is
 * called there, and everything that is given is called back there.
 *
 * <p>It is answered once, by {@link #answer}, {@link #stream} or {@link #upgrade}. When that cannot be done any more since
 * the peer has left, {@link #isOpen} is false, and a further answer has no effect.
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

    /** Whether another request waits behind this one on its connection. */
    default boolean isFollowed() {
        return false;
    }

    /** Who is told what becomes of the exchange; given once, before anything else. */
    void listen(Listener listener);

    /** The client goes on with its session over this connection: it is kept if it can be, also while the server stops. */
    default void keepConnection() {}

    /**
     * Sends the whole answer. The headers that tell how long it is are the host's own. With {@code Connection: close} it is
     * the last one of the connection.
     *
     * @throws RuntimeException if it cannot be sent as it is; the exchange is still open then
     */
    void answer(int status, HttpHeaders headers, Bytes body);

    /**
     * Sends the whole answer, whose body has so many parts, as {@link #answer(int, HttpHeaders, Bytes)}. A host that can sends
     * them one after another as the peer takes them, rather than to keep a copy of all.
     *
     * @param left called when the parts are not needed any more: once they have left, or are lost. A host that copies them
     *     calls it at once
     */
    default void answer(int status, HttpHeaders headers, List<Bytes> body, Runnable left) {
        answer(status, headers, Bytes.join(body));
        left.run();
    }

    /** Ends the connection at once, whatever of the answer has not left. Does nothing on a host that keeps no answers. */
    default void drop() {}

    /** Begins an answer that goes on; otherwise as {@link #answer}. */
    Stream stream(int status, HttpHeaders headers);

    /**
     * Answers with 101: the connection becomes a WebSocket. The request was looked at and is right.
     *
     * @param headers further ones of the answer; what they say of the WebSocket is ignored
     * @param opened called once the answer has left, with what takes and sends messages; returns who is told of what arrives.
     *     Not called if the peer leaves before. What it throws ends the connection, as by {@link #fail}
     */
    void upgrade(
            HttpHeaders headers,
            WebSocketChannel.Options options,
            Function<WebSocketChannel, WebSocketChannel.Listener> opened);

    /** A bug keeps the request from being answered: reports it, and ends the connection. */
    void fail(Throwable cause);

    /** Who is told what becomes of an exchange. */
    interface Listener {
        /** The peer has left before the answer, or before the end of one that goes on. */
        void onAbort();

        /**
         * So many bytes are held of the body; told while it comes. None are once it was handed on, refused, or the exchange is
         * answered. A host need not say, if it holds little.
         */
        default void onBodyHeld(long bytes) {}

        /** The answer could not be sent to its end. */
        void onLost();

        /** Another request waits behind this one; not told after the answer. */
        void onFollowed();

        /** An answer that goes on takes more again. */
        void onWritable();

        /** What else comes of the request breaks the rules of HTTP: it is to be refused with this, and the connection ends. */
        void onBroken(int status, String text);
    }

    /**
     * The body of an answer that goes on until its end is told; it may be silent for as long as it likes. Whoever writes waits
     * for the peer: as long as {@link #writable} is false, for {@link Listener#onWritable}. A server that stops waits for the
     * end of such an answer, until its time is over.
     */
    interface Stream {
        /** How many bytes that the peer does not take may wait in memory. */
        int MAX_WAITING = 16 << 20;

        /** From now on what was written and has not left is charged to a budget. A host need not, if it keeps little. */
        default void chargeTo(Budget budget) {}

        /** Whether the connection takes more. What is written nevertheless waits in memory. */
        boolean writable();

        /**
         * Sends a further part, together with what else is written in the loop's turn. Ignored once the peer has left. If more
         * than {@link #MAX_WAITING} bytes would wait, the connection ends instead, as if the peer had left.
         */
        void write(Bytes part);

        /** That was all. */
        void end();
    }
}
