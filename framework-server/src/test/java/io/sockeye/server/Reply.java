package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP answer as it arrived.
 *
 * @param headers names in lower case; several values of a name are joined by ' & '
 */
record Reply(int status, Map<String, String> headers, Bytes content) {
    Reply {
        headers = Map.copyOf(headers);
    }

    String body() {
        return content.utf8();
    }

    /** The header's value, empty if there is none. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The packets of a polling payload. */
    List<String> packets() {
        return List.of(body().split("\u001e", -1));
    }
}
