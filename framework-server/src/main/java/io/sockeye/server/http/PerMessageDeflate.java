package io.sockeye.server.http;

/**
 * Compresses WebSocket messages for clients that offer it (RFC 7692). Off by default: it costs time on the event loop.
 * Without context takeover, the default, each message is compressed independently: a connection then costs no memory,
 * and a broadcast is compressed once for all clients of an event loop. With it, messages get smaller, but are
 * compressed for each client, and a connection takes some 300 KiB for sending and 40 KiB for receiving, outside the
 * heap; when that would exceed a quarter of the JVM's memory, further clients get no context takeover. Messages above 1
 * MiB are not compressed; a client's message may have {@code maxPayload} bytes after inflation.
 *
 * <pre>{@code
 * SocketServer.builder().perMessageDeflate(PerMessageDeflate.DEFAULT.threshold(4096))
 * }</pre>
 *
 * @param thresholdBytes shorter messages are sent as they are
 * @param serverNoContextTakeover whether each message of the server is compressed independently
 * @param clientNoContextTakeover whether each message of a client must be compressed independently
 */
public record PerMessageDeflate(int thresholdBytes, boolean serverNoContextTakeover, boolean clientNoContextTakeover) {
    /** From 1024 bytes on, each message independently. */
    public static final PerMessageDeflate DEFAULT = new PerMessageDeflate(1024, true, true);

    public PerMessageDeflate {
        if (thresholdBytes < 0) {
            throw new IllegalArgumentException("perMessageDeflate threshold: " + thresholdBytes);
        }
    }

    /** The same from so many bytes on. */
    public PerMessageDeflate threshold(int bytes) {
        return new PerMessageDeflate(bytes, serverNoContextTakeover, clientNoContextTakeover);
    }

    /** The same with messages that may build on earlier ones, in each direction. */
    public PerMessageDeflate contextTakeover(boolean ofServer, boolean ofClient) {
        return new PerMessageDeflate(thresholdBytes, !ofServer, !ofClient);
    }
}
