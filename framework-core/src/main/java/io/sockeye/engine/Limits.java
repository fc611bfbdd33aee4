package io.sockeye.engine;

/**
 * What a peer may ask of this side; everything beyond ends its session.
 *
 * @param maxPayload bytes of one polling body or of one WebSocket message
 * @param packetsPerPayload packets in one polling body
 * @param outboxBytes bytes that may wait for a transport that cannot take them
 */
public record Limits(int maxPayload, int packetsPerPayload, long outboxBytes) {
    /** 1,000,000 bytes as in the reference server; as many of the smallest events as fit into them; 16 MiB. */
    public static final Limits DEFAULT = new Limits(1_000_000, 125_000, 16L << 20);

    public Limits {
        if (maxPayload < 1 || packetsPerPayload < 1 || outboxBytes < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive: maxPayload %d, packetsPerPayload %d, outboxBytes %d"
                            .formatted(maxPayload, packetsPerPayload, outboxBytes));
        }
    }
}
