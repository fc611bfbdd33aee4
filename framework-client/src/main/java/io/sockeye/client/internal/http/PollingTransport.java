package io.sockeye.client.internal.http;

import io.sockeye.bytes.Bytes;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.engine.EngineCodec;
import io.sockeye.engine.session.Pausable;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Long polling: a GET that waits for packets, and one POST at a time that sends them. Owned by the session's thread. */
final class PollingTransport implements Pausable {
    private static final int OK = 200;
    /** The server does not know the session, or has ended it. */
    private static final int BAD_REQUEST = 400;
    /** How long the transport may send what was written, after it was closed. */
    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;
    /** How long the server may take to answer the last poll after it has received the close packet. */
    private static final long LAST_ANSWER_MILLIS = 300;

    private final Supplier<Exchange> get;
    private final Function<byte[], Exchange> post;
    /** Whether the server has opened the session. */
    private final BooleanSupplier opened;

    private final TransportOwner owner;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private State state = State.OPEN;
    private boolean reading = true;
    private boolean answered;
    /** The GET that is running; null if there is none. */
    private @Nullable Exchange poll;
    /** The POST that is running; null if there is none. */
    private @Nullable Exchange sending;
    /** The packets of the next POST. */
    private List<EnginePacket> body = new ArrayList<>();

    PollingTransport(
            Supplier<Exchange> get, Function<byte[], Exchange> post, BooleanSupplier opened, TransportOwner owner) {
        this.get = get;
        this.post = post;
        this.opened = opened;
        this.owner = owner;
    }

    void start() {
        poll();
    }

    /** Completed once the transport is closed and no request is running. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public TransportKind kind() {
        return TransportKind.POLLING;
    }

    @Override
    public boolean closesByPacket() {
        return true;
    }

    @Override
    public boolean collects() {
        return true;
    }

    @Override
    public boolean carriesBinary() {
        return false;
    }

    @Override
    public boolean writable() {
        return state == State.OPEN && sending == null;
    }

    @Override
    public boolean flushed() {
        return body.isEmpty() && sending == null;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        if (!writable()) {
            throw new IllegalStateException("written to while " + state + ", POST under way: " + (sending != null));
        }
        if (body.isEmpty()) {
            owner.execute(this::flush); // After the owner's present tasks, so that one POST takes all that they write.
        }
        body.addAll(packets);
    }

    private void flush() {
        if (body.isEmpty() || sending != null) {
            return;
        }
        var payload = EngineCodec.encodePayload(body).toByteArray();
        body = new ArrayList<>();
        var exchange = post.apply(payload);
        sending = exchange;
        exchange.whenDone((answer, failure) -> owner.execute(() -> posted(answer, failure)));
    }

    private void posted(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        sending = null;
        if (state == State.CLOSED) {
            flush(); // What was written while the POST was running.
            if (sending == null) {
                // The server is about to answer the poll; to cancel it now might break the next request on that
                // connection.
                owner.executeLater(this::cancelPoll, LAST_ANSWER_MILLIS);
            }
            endIfDone();
            return;
        }
        if (answer == null || answer.statusCode() != OK) {
            fail(answer, failure);
            return;
        }
        pauseIfDone();
        if (writable()) {
            owner.transportReady(this);
        }
    }

    private void poll() {
        if (state == State.OPEN && poll == null && reading) {
            var exchange = get.get();
            poll = exchange;
            exchange.whenDone((answer, failure) -> owner.execute(() -> polled(answer, failure)));
        }
    }

    private void polled(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        poll = null;
        if (state == State.CLOSED) {
            endIfDone();
            return;
        }
        if (answer == null || answer.statusCode() != OK) {
            fail(answer, failure);
            return;
        }
        var stranger = answered ? null : ForeignServers.recognise(answer.body());
        answered = true;
        if (stranger != null) {
            fail(stranger);
            return;
        }
        owner.receivePayload(this, Bytes.wrap(answer.body()));
        pauseIfDone();
        poll();
    }

    private void fail(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        if (answer != null) {
            fail(HttpFailures.of(answer, null), opened.getAsBoolean() && answer.statusCode() != BAD_REQUEST);
        } else if (failure != null) {
            fail(opened.getAsBoolean() ? HttpFailures.of(failure) : HttpFailures.ofHandshake(failure));
        }
    }

    private void fail(TransportFailure failure) {
        fail(failure, opened.getAsBoolean());
    }

    /**
     * @param sendClose whether the server may still keep the session: it learns that the client is gone, and keeps what was
     *     missed for recovery
     */
    private void fail(TransportFailure failure, boolean sendClose) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        body.clear();
        if (sendClose) {
            body.add(EnginePacket.CLOSE);
        }
        if (sending != null) {
            sending.cancel();
        }
        if (poll != null) {
            poll.cancel();
        }
        finishSending();
        owner.transportClosed(this, CloseReason.TRANSPORT_ERROR, failure);
    }

    @Override
    public void pause() {
        state = State.PAUSING;
        flush();
        pauseIfDone();
    }

    private void pauseIfDone() {
        if (state == State.PAUSING && poll == null && flushed()) {
            state = State.PAUSED;
            owner.transportPaused(this);
        }
    }

    @Override
    public void resume() {
        if (state != State.CLOSED) {
            state = State.OPEN;
            poll();
        }
    }

    @Override
    public void reading(boolean wanted) {
        reading = wanted;
        poll();
    }

    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        finishSending();
    }

    /** Sends what was written, then ends the requests that run. */
    private void finishSending() {
        flush();
        if (sending == null) {
            cancelPoll();
        } else {
            owner.executeLater(this::cancelAll, CLOSE_TIMEOUT_MILLIS);
        }
        endIfDone();
    }

    private void cancelAll() {
        if (sending != null) {
            sending.cancel();
        }
        cancelPoll();
    }

    private void cancelPoll() {
        flush(); // What was written while a POST was running.
        if (sending != null) {
            return;
        }
        if (poll != null) {
            poll.cancel();
        }
        endIfDone();
    }

    private void endIfDone() {
        if (state == State.CLOSED && poll == null && flushed()) {
            ended.complete(null);
        }
    }

    /** A running request. */
    record Exchange(CompletableFuture<HttpResponse<byte[]>> answer) {
        void whenDone(Done done) {
            answer.whenComplete(done::done);
        }

        void cancel() {
            answer.cancel(true);
        }
    }

    /** Gets the answer or the failure, on any thread. */
    @FunctionalInterface
    interface Done {
        void done(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure);
    }

    private enum State {
        OPEN,
        PAUSING,
        PAUSED,
        CLOSED
    }
}
