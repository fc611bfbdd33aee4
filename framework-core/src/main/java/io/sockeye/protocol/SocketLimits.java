package io.sockeye.protocol;

/**
 * Limits on one packet of a peer.
 *
 * @param attachments binary values
 * @param namespaceLength bytes of the namespace
 * @param attachmentBytes bytes of all binary values
 */
public record SocketLimits(int attachments, int namespaceLength, long attachmentBytes) {
    private static final long MESSAGES = 10;

    /** 10 attachments as in the reference implementation, 512 bytes of namespace, 10 MB. */
    public static final SocketLimits DEFAULT = new SocketLimits(10, 512, 10_000_000);

    /** With as many bytes of binary values as ten of the longest messages carry. */
    public static SocketLimits of(int attachments, int maxPayload) {
        return new SocketLimits(attachments, DEFAULT.namespaceLength, MESSAGES * maxPayload);
    }

    public SocketLimits {
        if (attachments < 0 || namespaceLength < 1 || attachmentBytes < 0) {
            throw new IllegalArgumentException("limits: attachments %d, namespaceLength %d, attachmentBytes %d"
                    .formatted(attachments, namespaceLength, attachmentBytes));
        }
    }
}
