package io.sockeye.client.internal.socket;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The payload of CONNECT by which a client asks to recover its session. */
final class ConnectPayload {
    private ConnectPayload() {}

    /**
     * @param offset of the last event that was received; null if none was
     * @param auth the user's object; its members come last and win over those of the same name; null for none
     */
    static JsonValue recovering(String pid, @Nullable String offset, @Nullable JsonValue auth) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("pid", pid);
        if (offset != null) {
            fields.put("offset", offset);
        }
        var recovery = Json.standard().value(fields);
        if (auth == null) {
            return recovery;
        }
        var rest = auth.raw().utf8().substring(1).stripLeading();
        if (rest.startsWith("}")) {
            return recovery;
        }
        var text = recovery.raw().utf8();
        var both = text.substring(0, text.length() - 1) + "," + rest;
        return Json.standard().readValue(Bytes.wrap(both.getBytes(StandardCharsets.UTF_8)));
    }
}
