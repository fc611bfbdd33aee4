package io.sockeye.testbed.simulation;

import io.sockeye.bytes.Bytes;

/** The bytes of WebSocket messages. */
final class Frames {
    private Frames() {}

    static Bytes join(Bytes head, Bytes data) {
        if (head.isEmpty()) {
            return data;
        }
        var all = new byte[head.length() + data.length()];
        head.copyTo(all, 0);
        data.copyTo(all, head.length());
        return Bytes.wrap(all);
    }
}
