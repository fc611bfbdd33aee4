package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Clients send most of a frame, and no more.
 *
 * @param connections that do so
 * @param bytes that are sent of each frame
 * @param joined whether they are in a namespace
 * @param fragment how many bytes each fragment has, at most 125; 0 for one frame
 */
record UnfinishedFrames(int connections, int bytes, boolean joined, int fragment) implements Attack {
    static final UnfinishedFrames SEEN = new UnfinishedFrames(130, 999_000, false, 0);

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var sent = fragment == 0 ? Attack.text(bytes).getBytes(UTF_8) : fragments();
        crowd.each(connections, number -> {
            var client = joined ? crowd.joined() : RawWebSocket.open(crowd.connect());
            if (fragment == 0) {
                client.begin(false, bytes + 1_000, sent);
            } else {
                client.connection().write(sent);
            }
        });
    }

    /** All of them but the last one. */
    private byte[] fragments() {
        var frames = new ByteArrayOutputStream();
        for (int at = 0; at < bytes; at += fragment) {
            frames.writeBytes(new byte[] {(byte) (at == 0 ? 1 : 0), (byte) (0x80 | fragment), 0, 0, 0, 0});
            frames.writeBytes(Attack.text(fragment).getBytes(UTF_8));
        }
        return frames.toByteArray();
    }
}
