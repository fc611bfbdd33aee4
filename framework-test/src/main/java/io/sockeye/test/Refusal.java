package io.sockeye.test;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.json.JsonValue;

/** What the server says when it does not let a client into a namespace. */
final class Refusal {
    private Refusal() {}

    static ConnectFailedException of(JsonValue payload) {
        var fields = payload.fields();
        var message = fields.get("message");
        return ConnectFailedException.refused(
                message == null ? payload.toString() : message.as(String.class), fields.get("data"));
    }
}
