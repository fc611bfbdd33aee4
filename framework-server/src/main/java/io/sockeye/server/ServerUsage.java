package io.sockeye.server;

/**
 * What a server holds; see {@link SocketServer#usage}. When all clients have left, nobody may come back any more and
 * nothing is asked, all are zero but the namespaces, and one deadline or another for a moment.
 *
 * @param connections each may carry sockets of several namespaces
 * @param namespaces those that exist, also if nobody is there
 * @param sockets in all namespaces
 * @param rooms also those of the sockets' own ids; rooms of two namespaces are two
 * @param memberships of sockets in rooms, also in those of their own ids
 * @param acknowledgements that sockets of this server owe
 * @param questions broadcasts that ask for acknowledgements, searches for sockets and questions to other servers whose
 *     futures are not complete
 * @param waitingEvents that wait for their handlers, or are with them
 * @param waitingBytes of what was sent and waits until its client takes it, or until {@code onAnyOutgoing} is told of it
 * @param deadlines that something waits for: heartbeats, acknowledgements, and whatever else has a time limit
 * @param sessions that clients may come back to, also those that are there
 * @param sessionsAway of these, those whose client is away; with a cluster they are in its store instead
 * @param loggedEvents that are kept for those who come back
 * @param loggedBytes that these take
 * @param unloggedEvents that wait until the log of the cluster has them, with what waits behind them
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
