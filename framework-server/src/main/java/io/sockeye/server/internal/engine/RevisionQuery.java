package io.sockeye.server.internal.engine;

import io.sockeye.engine.Framing;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.http.Query;
import io.sockeye.server.internal.http.EngineError;
import io.sockeye.server.internal.http.Legacy;
import io.sockeye.server.internal.http.PollFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the query says about how the client wants its packets.
 *
 * @param revision of Engine.IO: 4 if {@code EIO} says so, else 3, as in the reference server
 * @param base64 whether the client cannot take bytes, {@code b64}
 * @param callback the number of the script's callback, {@code j}; null unless the client wants JSONP
 */
record RevisionQuery(int revision, boolean base64, @Nullable String callback) {
    static RevisionQuery of(Query query) {
        boolean latest = query.first("EIO").map("4"::equals).orElse(false);
        boolean base64 = query.first("b64").map(value -> !value.isEmpty()).orElse(false);
        return new RevisionQuery(latest ? 4 : 3, base64, query.first("j").orElse(null));
    }

    /** Why a handshake that asks for this is refused, or null if it is not. */
    @Nullable
    EngineError check(Legacy allowed, TransportKind transport) {
        if (revision == 3 && !allowed.revision3()) {
            return EngineError.UNSUPPORTED_PROTOCOL_VERSION;
        }
        if (callback == null || transport.isWebSocket()) {
            return null; // A script can be the answer to a plain request only.
        }
        return allowed.jsonp() && JsonpFormat.hasDigits(callback) ? null : EngineError.BAD_REQUEST;
    }

    Framing framing() {
        return revision == 4 ? Framing.revision4() : Framing.revision3(base64);
    }

    /** How polls are answered; for a handshake that was not refused. */
    PollFormat pollFormat() {
        if (callback == null) {
            return new PlainFormat(framing());
        }
        // A script is text.
        return new JsonpFormat(revision == 4 ? Framing.revision4() : Framing.revision3(true), callback);
    }
}
