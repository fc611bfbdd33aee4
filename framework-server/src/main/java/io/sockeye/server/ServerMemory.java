package io.sockeye.server;

/**
 * The bytes that a server holds for its clients at present; see {@link SocketServer#memory} and {@link
 * SocketServerBuilder#memory}.
 *
 * @param inBytes bytes that have arrived: events that wait for handlers or are being handled, events whose attachments
 *     are incomplete; and bytes kept for clients while they are connected or may come back: sockets, many rooms,
 *     namespaces
 * @param inLimitBytes the limit of these
 * @param outBytes bytes that clients have not taken; those for many clients count once
 * @param outLimitBytes the limit of these
 * @param waitingLargeEvents large events and large answers that wait now until handlers have finished those of other clients
 * @param disconnected clients that were disconnected since the start because they held the most when there was too much
 */
public record ServerMemory(
        long inBytes,
        long inLimitBytes,
        long outBytes,
        long outLimitBytes,
        int waitingLargeEvents,
        long disconnected) {}
