package io.sockeye.server;

/**
 * What a server holds for its clients at the moment; see {@link SocketServer#memory} and {@link SocketServerBuilder#memory}.
 *
 * @param inBytes what has arrived: events that wait for their handlers or are with them, events whose attachments are not
 *     all there; and what is kept for clients as long as they are there or may come back: sockets, many rooms, namespaces
 * @param inLimitBytes what that may be
 * @param outBytes what waits until clients take it; what many wait for counts once
 * @param outLimitBytes what that may be
 * @param disconnected clients that were disconnected since the start because they held the most when there was too much
 */
public record ServerMemory(long inBytes, long inLimitBytes, long outBytes, long outLimitBytes, long disconnected) {}
