package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.EngineError;
import io.sockeye.server.internal.http.PollFormat;
import org.jspecify.annotations.Nullable;

/**
 * The POSTs of one session that polls, at most one at a time. One is answered once all of it was read, so that its client sends
 * the next one no earlier. Owned by the session's loop.
 */
final class PollingPosts {
    private static final Bytes OK = Bytes.ofUtf8("ok");
    private static final HttpHeaders HEADERS =
            HttpHeaders.of("Content-Type", "text/html").and("Cache-Control", "no-store");

    private final PollingTransport transport;
    private final PollFormat format;
    /** How many bytes a POST may have at all, and at present. */
    private final int most;

    private int maxPayload;
    /** The one that is being read or not answered yet. */
    private @Nullable Call post;
    /** The one that is answered once the session reads again. */
    private @Nullable Call confirmation;

    private boolean resting;

    PollingPosts(PollingTransport transport, PollFormat format, int maxPayload) {
        this.transport = transport;
        this.format = format;
        this.most = maxPayload;
        this.maxPayload = maxPayload;
    }

    void limit(int maxBytes) {
        maxPayload = Math.min(maxBytes, most);
    }

    /** Takes a request. */
    void take(Call call, ServerSession session) {
        String type = call.header("content-type");
        boolean binary = type != null && type.startsWith("application/octet-stream");
        if (post != null || (binary && !format.framing().binaryPayloads())) {
            transport.fail(call);
            return;
        }
        post = call;
        call.onAbort(() -> {
            post = null;
            confirmation = null;
            transport.fail();
        });
        call.onBodyHeld(bytes -> session.receiving(transport, bytes));
        call.readBody(maxPayload, body -> receive(call, body, session), () -> {
            post = null;
            call.respond(413, HttpHeaders.NONE, Bytes.EMPTY);
        });
    }

    private void receive(Call call, Bytes body, ServerSession session) {
        post = null;
        boolean understood = session.receivePayload(
                transport, format.payload(body), call.loop().nowMillis());
        if (!understood) {
            EngineError.BAD_REQUEST.answer(call);
        } else if (resting) {
            post = call;
            confirmation = call;
        } else {
            confirm(call);
        }
    }

    private void confirm(Call call) {
        post = null;
        confirmation = null;
        transport.keepConnection(call);
        call.respond(200, HEADERS, OK);
    }

    /** See {@link PollingTransport#reading}. */
    void reading(boolean wanted) {
        resting = !wanted;
        if (wanted && confirmation != null) {
            confirm(confirmation);
        }
    }

    /** The rest of one that waited is malformed. */
    void refuse() {
        var waiting = confirmation;
        if (waiting != null) {
            post = null;
            confirmation = null;
            EngineError.BAD_REQUEST.answer(waiting);
        }
    }

    /** The transport ends: answers the one that is there. */
    void close() {
        resting = false;
        if (confirmation != null) {
            confirm(confirmation);
        } else if (post != null) {
            post.reject(400, "Bad Request");
            post = null;
        }
    }
}
