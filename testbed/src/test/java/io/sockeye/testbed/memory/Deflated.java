package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Messages as {@code permessage-deflate} has them, each for itself. */
final class Deflated {
    /** What a client offers that can do it. */
    static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

    private static final int TAIL = 4;

    private Deflated() {}

    static byte[] of(String message) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(message.getBytes(UTF_8));
        var out = new ByteArrayOutputStream();
        var chunk = new byte[8192];
        int count;
        do {
            count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, count);
        } while (count == chunk.length);
        deflater.end();
        return Arrays.copyOf(out.toByteArray(), out.size() - TAIL);
    }
}
