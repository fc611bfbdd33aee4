package io.sockeye.engine;

/**
 * What a peer may send, and what may be queued for it; exceeding a limit ends its session.
 *
 * @param maxPayload bytes of one polling body or of one WebSocket message
 * @param packetsPerPayload packets in one polling body
 * @param outboxBytes bytes that may wait for a transport that cannot take them
 */
public record Limits(int maxPayload, int packetsPerPayload, long outboxBytes) {
    /** 1,000,000 bytes as in the reference server; as many of the smallest events as fit into them; 16 MiB. */
    public static final Limits DEFAULT = new Limits(1_000_000, 125_000, 16L << 20);

    /** The bytes that the smallest event takes in a payload: {@code 42["a"]} and a separator. */
    private static final int SMALLEST_EVENT = 8;

    /** Limits that allow a payload full of the smallest events, and at least the packets of {@link #DEFAULT}. */
    public static Limits of(int maxPayload, long outboxBytes) {
        return new Limits(maxPayload, packetsIn(maxPayload), outboxBytes);
    }

    /** The number of the smallest events that fit into so many bytes, but at least the packets of {@link #DEFAULT}. */
    public static int packetsIn(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(DEFAULT.packetsPerPayload(), bytes / SMALLEST_EVENT));
    }

    public Limits {
        if (maxPayload < 1 || packetsPerPayload < 1 || outboxBytes < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive: maxPayload %d, packetsPerPayload %d, outboxBytes %d"
                            .formatted(maxPayload, packetsPerPayload, outboxBytes));
        }
    }
}
