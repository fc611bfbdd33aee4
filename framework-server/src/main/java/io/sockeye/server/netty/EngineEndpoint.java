package io.sockeye.server.netty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sockeye.engine.ServerSession;
import io.sockeye.engine.TransportKind;
import io.sockeye.server.http.ConnectionError;
import io.sockeye.server.http.Query;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP requests of Engine.IO: checks them in the order of the reference server and hands them to transports. Every
 * request is handled on the loop of its session.
 */
final class EngineEndpoint {
    private final HttpSettings settings;
    private final CorsHeaders cors;
    private final EventLoops loops;
    private final List<? extends Sessions> sessions;

    /** @param sessions those of each loop, by its index */
    EngineEndpoint(HttpSettings settings, CorsHeaders cors, EventLoops loops, List<? extends Sessions> sessions) {
        this.settings = settings;
        this.cors = cors;
        this.loops = loops;
        this.sessions = sessions;
    }

    void handle(Exchange exchange) {
        exchange.hookHeaders(settings.callbacks().headers());
        exchange.compression(settings.compression());
        var request = EngineRequest.of(exchange);
        if (request.query().callback() != null) {
            // Any page may run a script; what it must not get is the answer to a request with the user's cookies.
            exchange.removeHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS);
        }
        var error = checkTransport(request);
        if (error != null) {
            refuse(exchange, request, error);
        } else if (request.sid() == null) {
            open(exchange, request);
        } else {
            findSession(exchange, request, request.sid());
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

    private void refuse(Exchange exchange, EngineRequest request, EngineError error) {
        refuse(exchange, request, error, error.message());
    }

    private void refuse(Exchange exchange, EngineRequest request, EngineError error, String message) {
        tellRefused(exchange, error, message);
        if (request.upgrade()) {
            error.answerUpgrade(exchange, message);
        } else {
            error.answer(exchange, message);
        }
    }

    /** Tells the application, if it wants to know. */
    void tellRefused(Exchange exchange, EngineError error, String message) {
        var listener = settings.callbacks().refused();
        if (listener != null) {
            listener.accept(new ConnectionError(exchange.snapshot(), error.code(), message));
        }
    }

    private void findSession(Exchange exchange, EngineRequest request, String sid) {
        int index = Sid.loopOf(sid);
        if (index < 0 || index >= loops.loops().size()) {
            refuse(exchange, request, EngineError.SESSION_ID_UNKNOWN);
            return;
        }
        exchange.connection().moveTo(index, () -> {
            var session = sessions.get(index).find(sid);
            if (session == null) {
                refuse(exchange, request, EngineError.SESSION_ID_UNKNOWN);
            } else {
                continueSession(exchange, request, session);
            }
        });
    }

    private void continueSession(Exchange exchange, EngineRequest request, ServerSession session) {
        if (request.query().revision() != session.transport().framing().revision()) {
            refuse(exchange, request, EngineError.BAD_REQUEST);
        } else if (request.upgrade()) {
            probe(exchange, request, session);
        } else if (request.transport() == session.transport().kind()
                && session.transport() instanceof RequestTransport transport) {
            transport.handle(exchange);
        } else {
            refuse(exchange, request, EngineError.BAD_REQUEST);
        }
    }

    private void probe(Exchange exchange, EngineRequest request, ServerSession session) {
        var error = checkWebSocket(exchange, request);
        if (error != null) {
            refuse(exchange, request, error);
            return;
        }
        WebSocketUpgrade.accept(
                exchange,
                request.query().framing(),
                settings,
                transport -> {
                    transport.attach(session);
                    session.probe(transport, exchange.connection().loop().nowMillis());
                },
                () -> refuse(exchange, request, EngineError.BAD_REQUEST));
    }

    private void open(Exchange exchange, EngineRequest request) {
        if (refusesAll(exchange)) {
            return;
        }
        var error = checkHandshake(exchange, request);
        var check = settings.callbacks().check();
        if (error != null) {
            refuse(exchange, request, error);
        } else if (check == null) {
            openIfSpoken(exchange, request);
        } else {
            exchange.connection().await(exchange, check.apply(exchange.snapshot()), (refusal, failure) -> {
                if (failure != null || refusal.isPresent()) {
                    var forbidden = EngineError.FORBIDDEN;
                    refuse(exchange, request, forbidden, failure == null ? refusal.get() : forbidden.message());
                } else {
                    openIfSpoken(exchange, request);
                }
            });
        }
    }

    /** A connection that was kept alive must not bring new clients to a server that stops. */
    private boolean refusesAll(Exchange exchange) {
        if (sessions.get(exchange.connection().loop().index()).accepts()) {
            return false;
        }
        exchange.reject(503, "Service Unavailable: the server stops");
        return true;
    }

    private void openIfSpoken(Exchange exchange, EngineRequest request) {
        if (refusesAll(exchange)) {
            return;
        }
        var error = request.query().check(settings.legacy(), Objects.requireNonNull(request.transport()));
        if (error != null) {
            refuse(exchange, request, error);
            return;
        }
        exchange.hookHeaders(settings.callbacks().handshakeHeaders());
        if (request.upgrade()) {
            var snapshot = exchange.snapshot();
            var host = sessions.get(exchange.connection().loop().index());
            WebSocketUpgrade.accept(
                    exchange,
                    request.query().framing(),
                    settings,
                    transport -> transport.attach(host.open(transport, snapshot)),
                    () -> {
                        exchange.hookHeaders(settings.callbacks().headers()); // No session opens.
                        refuse(exchange, request, EngineError.BAD_REQUEST);
                    });
        } else {
            var loop = exchange.connection().loop();
            var transport = new PollingTransport(loop, request.query().pollFormat(), exchange, settings.maxPayload());
            var session = sessions.get(loop.index()).open(transport, exchange.snapshot());
            transport.attach(session);
            if (settings.cookie() != null) {
                exchange.addHeader(HttpHeaderNames.SET_COOKIE, settings.cookie().with(session.sid()));
            }
        }
    }

    private @Nullable EngineError checkHandshake(Exchange exchange, EngineRequest request) {
        if (!exchange.head().method().equals(HttpMethod.GET)) {
            return EngineError.BAD_HANDSHAKE_METHOD;
        }
        if (request.transport() == TransportKind.WEBSOCKET && !request.upgrade()) {
            return EngineError.BAD_REQUEST;
        }
        return request.upgrade() ? checkWebSocket(exchange, request) : checkPolling(exchange, request);
    }

    /**
     * A page of another origin cannot read the answer. A session of revision 4 is of no use to it then, while one of
     * revision 3 has joined the main namespace already, in the name of the user whose cookies came along.
     */
    private @Nullable EngineError checkPolling(Exchange exchange, EngineRequest request) {
        boolean joinsUnasked = settings.legacy().revision3() && request.query().revision() == 3;
        return joinsUnasked && !cors.mayConnect(exchange) ? EngineError.FORBIDDEN : null;
    }

    /** The browser lets any page open a WebSocket, so the server has to look at its origin (CVE-2020-28481). */
    private @Nullable EngineError checkWebSocket(Exchange exchange, EngineRequest request) {
        if (request.transport() != TransportKind.WEBSOCKET) {
            return EngineError.BAD_REQUEST;
        }
        return cors.mayConnect(exchange) ? null : EngineError.FORBIDDEN;
    }

    /** The parts of a request that decide what becomes of it. */
    private record EngineRequest(
            @Nullable TransportKind transport,
            RevisionQuery query,
            @Nullable String sid,
            @Nullable String origin,
            boolean upgrade) {
        static EngineRequest of(Exchange exchange) {
            var query = Query.of(exchange.head().uri());
            var headers = exchange.head().headers();
            return new EngineRequest(
                    TransportKind.of(query.first("transport").orElse(null)),
                    RevisionQuery.of(query),
                    query.first("sid").orElse(null),
                    headers.get(HttpHeaderNames.ORIGIN),
                    WebSocketUpgrade.isAskedFor(headers));
        }
    }
}
