package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.sockeye.server.internal.netty.io.Faults;
import java.nio.charset.StandardCharsets;

/** What the body of a close frame may hold: nothing, or a code and a reason in UTF-8. RFC 6455, 5.5.1 and 7.4. */
final class CloseStatus {
    private CloseStatus() {}

    /** @throws CorruptedWebSocketFrameException with the code to answer with */
    static void check(ByteBuf body) {
        if (!body.isReadable()) {
            return;
        }
        if (body.readableBytes() < 2) {
            throw Faults.violation("close frame: half a code");
        }
        int code = body.getUnsignedShort(body.readerIndex());
        if (!mayBeSent(code)) {
            throw Faults.violation("close code: " + code);
        }
        if (!ByteBufUtil.isText(body, body.readerIndex() + 2, body.readableBytes() - 2, StandardCharsets.UTF_8)) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "close reason: no UTF-8");
        }
    }

    /**
     * Those that the registry has, without those that only an API may report (1004 to 1006, 1015); of libraries and
     * applications: 3000 to 4999.
     */
    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
