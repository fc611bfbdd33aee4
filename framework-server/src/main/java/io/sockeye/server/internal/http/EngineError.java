package io.sockeye.server.internal.http;

import io.sockeye.bytes.Bytes;

/** The answers to requests that Engine.IO refuses; codes and texts are the reference server's. */
public enum EngineError {
    TRANSPORT_UNKNOWN(0, 400, "Transport unknown"),
    SESSION_ID_UNKNOWN(1, 400, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, 400, "Bad handshake method"),
    BAD_REQUEST(3, 400, "Bad request"),
    FORBIDDEN(4, 403, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(5, 400, "Unsupported protocol version");

    private final int code;
    private final int status;
    private final String message;

    EngineError(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    public int code() {
        return code;
    }

    public String message() {
        return message;
    }

    public void answer(Call call) {
        answer(call, message);
    }

    /** @param text instead of the error's own */
    public void answer(Call call, String text) {
        var json = "{\"code\":" + code + ",\"message\":" + JsonText.quote(text) + "}";
        call.respond(status, "application/json", Bytes.ofUtf8(json));
    }

    public void answerUpgrade(Call call) {
        answerUpgrade(call, message);
    }

    /** A refused WebSocket gets 400 and plain text whatever the error, as from the reference server. */
    public void answerUpgrade(Call call, String text) {
        call.addHeader("Connection", "close");
        call.respond(400, "text/html", Bytes.ofUtf8(text));
    }
}
