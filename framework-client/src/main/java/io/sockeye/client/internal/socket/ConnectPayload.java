package io.sockeye.client.internal.socket;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The payload by which a client asks to be let in again as who it was. */
final class ConnectPayload {
    private ConnectPayload() {}

    /**
     * @param offset of the last event that it got; null if it got none
     * @param auth an object that comes last, so that it counts where it says the same; null for none
     */
    static JsonValue toComeBack(String pid, @Nullable String offset, @Nullable JsonValue auth) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("pid", pid);
        if (offset != null) {
            fields.put("offset", offset);
        }
        var wish = Json.standard().value(fields);
        if (auth == null) {
            return wish;
        }
        var rest = auth.raw().utf8().substring(1).stripLeading();
        if (rest.startsWith("}")) {
            return wish;
        }
        var text = wish.raw().utf8();
        var both = text.substring(0, text.length() - 1) + "," + rest;
        return Json.standard().readValue(Bytes.wrap(both.getBytes(StandardCharsets.UTF_8)));
    }
}
