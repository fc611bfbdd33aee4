package io.sockeye.client.internal.http;

import io.sockeye.bytes.Bytes;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes servers that answer the first poll, but do not speak revision 4 of Engine.IO. */
final class ForeignServers {
    /** {@code 96:0{"sid":…}}: how revision 3 of Engine.IO opens a session. */
    private static final Pattern REVISION_3 = Pattern.compile("\\d+:0\\{.*", Pattern.DOTALL);

    private ForeignServers() {}

    /** What is wrong with the server that has sent this first answer; null if nothing is recognized. */
    static @Nullable TransportFailure recognise(byte[] answer) {
        var start = Bytes.wrap(answer, 0, Math.min(answer.length, 16)).utf8();
        if (REVISION_3.matcher(start).matches()) {
            return new TransportFailure(
                    Kind.PROTOCOL_VERSION, "the server speaks Engine.IO 3, as Socket.IO 2 and earlier do", null);
        }
        if (start.startsWith("<")) {
            var page = HttpFailures.excerpt(new String(answer, StandardCharsets.UTF_8));
            return new TransportFailure(Kind.PROTOCOL, "a page, and no answer of Socket.IO: " + page, null);
        }
        return null;
    }
}
