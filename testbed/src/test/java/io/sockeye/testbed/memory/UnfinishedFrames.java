package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Clients that are in no namespace send most of a frame, and no more.
 *
 * @param connections that do so
 * @param bytes that are sent of each frame
 */
record UnfinishedFrames(int connections, int bytes) implements Attack {
    static final UnfinishedFrames SEEN = new UnfinishedFrames(130, 999_000);

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var part = Attack.text(bytes).getBytes(UTF_8);
        crowd.each(connections, number -> RawWebSocket.open(crowd.connect()).begin(false, bytes + 1_000, part));
    }
}
