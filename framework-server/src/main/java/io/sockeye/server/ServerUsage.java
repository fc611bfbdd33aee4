package io.sockeye.server;

/**
 * What a server holds; see {@link SocketServer#usage}. When all clients have left, none may come back and no question
 * is open, all numbers are zero except the namespaces, and for a moment the deadlines.
 *
 * @param connections each may carry sockets of several namespaces
 * @param namespaces those that exist, also without sockets
 * @param sockets in all namespaces
 * @param rooms also those of the sockets' own ids; rooms of two namespaces are two
 * @param memberships of sockets in rooms, also in those of their own ids
 * @param acknowledgements that clients of this server have yet to send
 * @param questions broadcasts that ask for acknowledgements, searches for sockets and questions to other servers whose
 *     futures are not complete
 * @param waitingEvents that wait for their handlers, or are being handled
 * @param waitingBytes of sent packets that wait until clients take them, or until the handlers of {@code onAnyOutgoing}
 *     are called
 * @param deadlines that something waits for: heartbeats, acknowledgements, and whatever else has a time limit
 * @param sessions that clients may come back to, also those whose clients are connected
 * @param sessionsAway of these, those whose client is away; with a cluster they are in its store instead
 * @param loggedEvents that are kept for clients that come back
 * @param loggedBytes that these take
 * @param unloggedEvents that wait until the log of the cluster has them, and those behind them
 */
public record ServerUsage(
        long connections,
        long namespaces,
        long sockets,
        long rooms,
        long memberships,
        long acknowledgements,
        long questions,
        long waitingEvents,
        long waitingBytes,
        long deadlines,
        long sessions,
        long sessionsAway,
        long loggedEvents,
        long loggedBytes,
        long unloggedEvents) {}
