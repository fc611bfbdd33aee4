package io.sockeye.testbed.memory;

import java.io.IOException;

/** A client over WebSocket that loses its connection and comes back to its session. */
final class RecoverableClient {
    private final Crowd crowd;
    private RawWebSocket socket;
    private final String pid;

    private RecoverableClient(Crowd crowd, RawWebSocket socket, String pid) {
        this.crowd = crowd;
        this.socket = socket;
        this.pid = pid;
    }

    static RecoverableClient begin(Crowd crowd, String auth) throws IOException {
        var socket = RawWebSocket.open(crowd.connect());
        var answer = socket.join("40" + auth);
        int start = answer.indexOf("\"pid\":\"") + 7;
        return new RecoverableClient(
                crowd, socket, start < 7 ? "" : answer.substring(start, answer.indexOf('"', start)));
    }

    RawWebSocket socket() {
        return socket;
    }

    /** @param padding a further text in what it says of itself */
    void comeBack(String padding) throws IOException {
        socket.close();
        socket = RawWebSocket.open(crowd.connect());
        var answer = socket.join("40{\"pid\":\"" + pid + "\",\"padding\":\"" + padding + "\"}");
        if (!answer.contains(pid)) {
            throw new IOException("not recovered: " + answer);
        }
    }
}
