package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.engine.memory.HeldPackets;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.host.Loop;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.EngineError;
import io.sockeye.server.internal.http.PollFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long polling: GETs carry packets to the client, POSTs carry them here, at most one of each at a time. Owned by the
 * session's loop.
 */
final class PollingTransport implements ServerTransport, Loop.Flushable {
    private static final Logger log = LoggerFactory.getLogger(PollingTransport.class);
    private static final List<EnginePacket> NOOP = List.of(EnginePacket.NOOP);

    private final Loop loop;
    private final PollFormat format;
    private final PollingPosts posts;
    /** What the waiting poll is answered with at the end of the loop's turn. */
    private List<List<EnginePacket>> answer = new ArrayList<>(2);
    /** Null until the first one. */
    private @Nullable PollAnswers answers;

    private @Nullable ServerSession session;
    /** The GET that waits for packets. */
    private @Nullable Call poll;

    private boolean closed;

    /** @param handshake the GET that opens the session; its answer carries the OPEN packet */
    PollingTransport(Loop loop, PollFormat format, Call handshake, int maxPayload) {
        this.loop = loop;
        this.format = format;
        this.posts = new PollingPosts(this, format, maxPayload);
        startPoll(handshake);
    }

    void attach(ServerSession owner) {
        session = owner;
    }

    private ServerSession session() {
        return Objects.requireNonNull(session);
    }

    @Override
    public boolean handle(Call call) {
        var method = call.method();
        if (method.equals("GET")) {
            poll(call);
        } else if (method.equals("POST")) {
            posts.take(call, session());
        } else {
            call.respond(500, "text/plain", Bytes.EMPTY);
        }
        return true;
    }

    private void poll(Call call) {
        if (poll != null) {
            // "MUST NOT have more than one active GET": engine.io-protocol, HTTP long-polling.
            fail(call);
            return;
        }
        startPoll(call);
        session().transportReady(this);
        call.onFollowed(() -> makeWay(call));
    }

    /** What comes behind a poll on its connection must not wait for packets: it may be what the client has to say. */
    private void makeWay(Call call) {
        if (poll == call && answer.isEmpty()) {
            write(NOOP);
        }
    }

    private void startPoll(Call call) {
        poll = call;
        call.onAbort(() -> {
            poll = null;
            answer.clear();
            fail();
        });
    }

    /** A client sends its next POST when the last one was answered. */
    @Override
    public void reading(boolean wanted) {
        posts.reading(wanted);
    }

    @Override
    public void limit(int maxBytes) {
        posts.limit(maxBytes);
    }

    /** The rest of a POST, which was read later than its beginning, is malformed. */
    @Override
    public void refuse() {
        posts.refuse();
    }

    /** Refuses a request that breaks the protocol, and ends the session. */
    void fail(Call call) {
        EngineError.BAD_REQUEST.answer(call);
        fail();
    }

    /** Ends the session, if there is one: whoever opens it may have failed. */
    void fail() {
        if (session != null) {
            session.transportClosed(this, CloseReason.TRANSPORT_ERROR);
        }
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
    public Framing framing() {
        return format.framing();
    }

    @Override
    public boolean writable() {
        return poll != null;
    }

    @Override
    public boolean flushed() {
        return answer.isEmpty();
    }

    @Override
    public void write(List<EnginePacket> packets) {
        if (poll == null) {
            throw new IllegalStateException("no poll waits");
        }
        if (answer.isEmpty()) {
            loop.flushLater(this);
        }
        answer.add(packets);
    }

    @Override
    public void flush() {
        var call = poll;
        if (call == null || answer.isEmpty()) {
            return;
        }
        var packets = answer;
        answer = new ArrayList<>(2);
        poll = null;
        try {
            // The packets are lost with it.
            call.onLost(this::fail);
            respond(call, packets);
        } catch (Throwable e) {
            log.error("a poll could not be answered with its {} packets", packets.size(), e);
            call.reject(500, "Internal Server Error");
            fail(); // The packets are lost.
        }
    }

    private void respond(Call call, List<List<EnginePacket>> lists) {
        var packets = lists.size() == 1
                ? lists.get(0)
                : lists.stream().flatMap(List::stream).toList();
        var content = format.answer(packets);
        // One packet that wants to be compressed is enough, as in the reference server.
        boolean compress = packets.stream().anyMatch(EnginePacket::compress);
        keepConnection(call);
        answers().send(call, compress ? call.compressed(content) : content, lists);
    }

    void keepConnection(Call call) {
        if (!closed) {
            call.keepConnection();
        }
    }

    private PollAnswers answers() {
        var present = answers;
        if (present == null) {
            present = new PollAnswers(new HeldPackets(session == null ? null : session.outBudget()));
            answers = present;
        }
        return present;
    }

    @Override
    public long unsentBytes() {
        return answers == null ? 0 : answers.bytes();
    }

    @Override
    public void cut() {
        if (answers != null) {
            answers.cut();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (poll != null && answer.isEmpty()) {
            // Only a client that upgrades without waiting for its poll: the poll is one of the wrong transport already.
            EngineError.BAD_REQUEST.answer(poll);
            poll = null;
        }
        flush();
        posts.close();
    }
}
