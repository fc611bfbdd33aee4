package io.sockeye.server.internal.engine;

import io.sockeye.engine.session.ServerSession;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.http.ConnectionError;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.Query;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.CorsHeaders;
import io.sockeye.server.internal.http.EngineError;
import io.sockeye.server.internal.http.HttpSettings;
import io.sockeye.server.internal.http.PayloadHint;
import io.sockeye.server.internal.http.Sid;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP requests of Engine.IO: checks them in the order of the reference server and hands them to transports. Every
 * request is handled on the loop of its session.
 */
final class EngineEndpoint {
    private final HttpSettings settings;
    private final CorsHeaders cors;
    private final List<? extends Sessions> sessions;
    private final PayloadHint payloadHint;

    /** @param sessions those of each loop, by its index */
    EngineEndpoint(
            HttpSettings settings, CorsHeaders cors, List<? extends Sessions> sessions, PayloadHint payloadHint) {
        this.settings = settings;
        this.cors = cors;
        this.sessions = sessions;
        this.payloadHint = payloadHint;
    }

    void handle(Call call) {
        call.hookHeaders(settings.callbacks().headers());
        call.compression(settings.compression());
        var request = EngineRequest.of(call);
        if (request.query().callback() != null) {
            // Any page may run a script; what it must not get is the answer to a request with the user's cookies.
            call.removeHeader("access-control-allow-credentials");
        }
        var error = checkTransport(request);
        if (error != null) {
            refuse(call, request, error);
        } else if (request.sid() == null) {
            open(call, request);
        } else {
            findSession(call, request, request.sid());
        }
    }

    private @Nullable EngineError checkTransport(EngineRequest request) {
        var kind = request.transport();
        if (kind == null || !settings.transports().contains(kind)) {
            return EngineError.TRANSPORT_UNKNOWN;
        }
        boolean badOrigin = request.origin() != null && request.origin().chars().anyMatch(c -> c < 0x20 || c == 0x7f);
        return badOrigin ? EngineError.BAD_REQUEST : null;
    }

    private void refuse(Call call, EngineRequest request, EngineError error) {
        refuse(call, request, error, error.message());
    }

    private void refuse(Call call, EngineRequest request, EngineError error, String message) {
        tellRefused(call, error, message);
        if (request.upgrade()) {
            error.answerUpgrade(call, message);
        } else {
            error.answer(call, message);
        }
    }

    /** Tells the application, if it wants to know. */
    void tellRefused(Call call, EngineError error, String message) {
        var listener = settings.callbacks().refused();
        if (listener != null) {
            listener.accept(new ConnectionError(call.snapshot(), error.code(), message));
        }
    }

    private void findSession(Call call, EngineRequest request, String sid) {
        int index = Sid.loopOf(sid);
        if (index < 0 || index >= sessions.size()) {
            refuse(call, request, EngineError.SESSION_ID_UNKNOWN);
            return;
        }
        call.moveTo(index, () -> {
            var session = sessions.get(index).find(sid);
            if (session == null) {
                refuse(call, request, EngineError.SESSION_ID_UNKNOWN);
            } else {
                continueSession(call, request, session);
            }
        });
    }

    private void continueSession(Call call, EngineRequest request, ServerSession session) {
        var transport = (ServerTransport) session.transport(); // All are made here.
        if (request.query().revision() != transport.framing().revision()) {
            refuse(call, request, EngineError.BAD_REQUEST);
        } else if (request.upgrade()) {
            probe(call, request, session);
        } else if (request.transport() != transport.kind() || !transport.handle(call)) {
            refuse(call, request, EngineError.BAD_REQUEST);
        }
    }

    private void probe(Call call, EngineRequest request, ServerSession session) {
        var error = checkWebSocket(call, request);
        if (error != null) {
            refuse(call, request, error);
            return;
        }
        var options = optionsOrRefuse(call, request);
        if (options == null) {
            return;
        }
        upgrade(call, options, transport -> {
            transport.attach(session);
            session.probe(transport, call.loop().nowMillis());
        });
    }

    /** Null if the request for a WebSocket is not as it should be: then it was refused. */
    private WebSocketChannel.@Nullable Options optionsOrRefuse(Call call, EngineRequest request) {
        var options = WebSocketRequest.options(call, request.query().framing(), settings);
        if (options == null) {
            refuse(call, request, EngineError.BAD_REQUEST);
        }
        return options;
    }

    private void upgrade(Call call, WebSocketChannel.Options options, Consumer<WebSocketTransport> opened) {
        call.upgrade(options, channel -> {
            var transport = new WebSocketTransport(channel, options, call.loop(), payloadHint);
            opened.accept(transport);
            return transport;
        });
    }

    private void open(Call call, EngineRequest request) {
        if (refusesAll(call)) {
            return;
        }
        var error = checkHandshake(call, request);
        var check = settings.callbacks().check();
        if (error != null) {
            refuse(call, request, error);
        } else if (check == null) {
            openIfSpoken(call, request);
        } else {
            call.await(check.apply(call.snapshot()), (refusal, failure) -> {
                if (failure != null || refusal.isPresent()) {
                    var forbidden = EngineError.FORBIDDEN;
                    refuse(call, request, forbidden, failure == null ? refusal.get() : forbidden.message());
                } else {
                    openIfSpoken(call, request);
                }
            });
        }
    }

    /** A connection that was kept alive must not bring new clients to a server that stops. */
    private boolean refusesAll(Call call) {
        if (sessions(call).accepts()) {
            return false;
        }
        call.reject(503, "Service Unavailable: the server stops");
        return true;
    }

    private void openIfSpoken(Call call, EngineRequest request) {
        if (refusesAll(call)) {
            return;
        }
        var error = request.query().check(settings.legacy(), Objects.requireNonNull(request.transport()));
        if (error != null) {
            refuse(call, request, error);
            return;
        }
        if (!request.upgrade()) {
            openPolling(call, request);
            return;
        }
        var options = optionsOrRefuse(call, request);
        if (options != null) {
            openWebSocket(call, options);
        }
    }

    private void openPolling(Call call, EngineRequest request) {
        var snapshot = call.snapshot();
        if (lacksRoom(call, snapshot)) {
            return;
        }
        call.hookHeaders(settings.callbacks().handshakeHeaders());
        var format = request.query().pollFormat();
        var transport = new PollingTransport(call.loop(), format, call, settings.maxPayload());
        var session = sessions(call).open(transport, snapshot);
        transport.attach(session);
        if (settings.cookie() != null) {
            call.addHeader("set-cookie", settings.cookie().with(session.sid()));
        }
    }

    private void openWebSocket(Call call, WebSocketChannel.Options options) {
        var snapshot = call.snapshot();
        if (lacksRoom(call, snapshot)) {
            return;
        }
        call.hookHeaders(settings.callbacks().handshakeHeaders());
        upgrade(call, options, transport -> transport.attach(sessions(call).open(transport, snapshot)));
    }

    /** Asked last, since others may have to go for the new session. */
    private boolean lacksRoom(Call call, HttpRequest snapshot) {
        if (sessions(call).makeRoom(snapshot)) {
            return false;
        }
        call.reject(503, "Service Unavailable: too many sessions");
        return true;
    }

    /** The sessions of the loop that the call is on. */
    private Sessions sessions(Call call) {
        return sessions.get(call.loop().index());
    }

    private @Nullable EngineError checkHandshake(Call call, EngineRequest request) {
        if (!call.method().equals("GET")) {
            return EngineError.BAD_HANDSHAKE_METHOD;
        }
        if (isWebSocket(request) && !request.upgrade()) {
            return EngineError.BAD_REQUEST;
        }
        return request.upgrade() ? checkWebSocket(call, request) : checkPolling(call, request);
    }

    /**
     * A page of another origin cannot read the answer. A session of revision 4 is of no use to it then, while one of
     * revision 3 has joined the main namespace already, in the name of the user whose cookies came along.
     */
    private @Nullable EngineError checkPolling(Call call, EngineRequest request) {
        boolean joinsUnasked = settings.legacy().revision3() && request.query().revision() == 3;
        return joinsUnasked && !cors.mayConnect(call) ? EngineError.FORBIDDEN : null;
    }

    /** The browser lets any page open a WebSocket, so the server has to look at its origin (CVE-2020-28481). */
    private @Nullable EngineError checkWebSocket(Call call, EngineRequest request) {
        if (!isWebSocket(request)) {
            return EngineError.BAD_REQUEST;
        }
        return cors.mayConnect(call) ? null : EngineError.FORBIDDEN;
    }

    private static boolean isWebSocket(EngineRequest request) {
        return request.transport() != null && request.transport().isWebSocket();
    }

    /** The parts of a request that decide what becomes of it. */
    private record EngineRequest(
            @Nullable TransportKind transport,
            RevisionQuery query,
            @Nullable String sid,
            @Nullable String origin,
            boolean upgrade) {
        static EngineRequest of(Call call) {
            var query = Query.of(call.uri());
            return new EngineRequest(
                    TransportKind.of(query.first("transport").orElse(null)),
                    RevisionQuery.of(query),
                    query.first("sid").orElse(null),
                    call.header("origin"),
                    call.asksForWebSocket());
        }
    }
}
