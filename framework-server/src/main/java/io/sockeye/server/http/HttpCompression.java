package io.sockeye.server.http;

/**
 * How answers to polls are compressed, for clients that accept gzip or deflate. Runs on the event loop, optimized for
 * speed and not for bodies above 1 MiB, so that it delays other clients by some milliseconds at most.
 *
 * <pre>{@code
 * SocketServer.builder().httpCompression(HttpCompression.OFF)
 * }</pre>
 */
public final class HttpCompression {
    /** From 1024 bytes on. */
    public static final HttpCompression DEFAULT = new HttpCompression(true, 1024);

    /** No compression. */
    public static final HttpCompression OFF = new HttpCompression(false, 0);

    private static final int MAX_BYTES = 1 << 20;

    private final boolean on;
    private final int thresholdBytes;

    private HttpCompression(boolean on, int thresholdBytes) {
        this.on = on;
        this.thresholdBytes = thresholdBytes;
    }

    /**
     * Bodies of at least so many bytes.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static HttpCompression from(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("httpCompression threshold: " + bytes);
        }
        return new HttpCompression(true, bytes);
    }

    /** Whether a body of that length is compressed. */
    public boolean appliesTo(int bytes) {
        return on && bytes >= thresholdBytes && bytes <= MAX_BYTES;
    }
}
