package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.Query;
import io.sockeye.server.internal.http.PollFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Payloads in scripts, for browsers that may not read the answers of another origin in any other way.
 *
 * <pre>
 * GET    ___eio[7]("4hello");
 * POST   d=4hello, a form, where a new line is written as \n and that as \\n
 * </pre>
 */
final class JsonpFormat implements PollFormat {
    /** Not text/plain as in the reference server: browsers that are told not to guess refuse to run that. */
    private static final HttpHeaders HEADERS = HttpHeaders.of("Content-Type", "text/javascript; charset=UTF-8")
            .and("X-Content-Type-Options", "nosniff")
            .and("Cache-Control", "no-store");

    private static final Pattern ESCAPED_LINE = Pattern.compile("(\\\\)?\\\\n");

    private final Framing framing;
    private final String head;

    /** @param callback of which only the digits count: what else came from the query must not run as a script */
    JsonpFormat(Framing framing, String callback) {
        this.framing = framing;
        this.head = "___eio[" + digits(callback) + "](\"";
    }

    static boolean hasDigits(String callback) {
        return !digits(callback).isEmpty();
    }

    private static String digits(String callback) {
        return callback.replaceAll("[^0-9]", "");
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public Answer answer(List<EnginePacket> packets) {
        return Answer.of(HEADERS, ScriptText.of(head, framing.payload(packets).body(), "\");"));
    }

    @Override
    public Bytes payload(Bytes body) {
        String field = new Query(body.utf8()).first("d").orElse("");
        return Bytes.ofUtf8(ESCAPED_LINE.matcher(field).replaceAll(match -> match.group(1) == null ? "\n" : "\\\\n"));
    }
}
