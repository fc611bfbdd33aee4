package io.sockeye.server.netty;

import io.sockeye.bytes.Bytes;

/** The answers to requests that Engine.IO refuses; codes and texts are the reference server's. */
enum EngineError {
    TRANSPORT_UNKNOWN(0, 400, "Transport unknown"),
    SESSION_ID_UNKNOWN(1, 400, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, 400, "Bad handshake method"),
    BAD_REQUEST(3, 400, "Bad request"),
    FORBIDDEN(4, 403, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(5, 400, "Unsupported protocol version");

    private final int status;
    private final String message;
    private final String json;

    EngineError(int code, int status, String message) {
        this.status = status;
        this.message = message;
        this.json = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    void answer(Exchange exchange) {
        exchange.respond(status, "application/json", Bytes.ofUtf8(json));
    }

    /** A refused WebSocket gets 400 and plain text whatever the error, as from the reference server. */
    void answerUpgrade(Exchange exchange) {
        exchange.addHeader("Connection", "close");
        exchange.respond(400, "text/html", Bytes.ofUtf8(message));
    }
}
