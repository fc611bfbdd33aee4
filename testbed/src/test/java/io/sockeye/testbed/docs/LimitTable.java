package io.sockeye.testbed.docs;

import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.server.Broadcast;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import io.sockeye.server.adapter.SharedRecovery;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All limits, with their defaults as the code has them, in the order of the page that tells of them. */
final class LimitTable {
    private static final String SERVER = "io.sockeye.server.";
    private static final String INSIDE = SERVER + "internal.";
    private static final String NETTY = INSIDE + "netty.";
    private static final String CORE = "io.sockeye.";
    private static final long KIB = 1024;

    private final Defaults server = new Defaults(new Defaults(SocketServer.builder()).value("settings"));
    private final Defaults client = new Defaults(new Defaults(SocketClient.builder("http://localhost")).value("draft"));
    private final Defaults recovery = new Defaults(ConnectionStateRecovery.within(Duration.ofSeconds(1)));
    private final Defaults engine = new Defaults(server.value("engineSettings"));
    private final Defaults message = new Defaults(server.value("socketLimits"));
    private final Defaults received = new Defaults(new Defaults(client.value("options")).value("socketLimits"));

    /**
     * One limit.
     *
     * @param name as the page has it
     * @param value how the page's words about the default begin
     * @param owner of the setting; null if it is none
     * @param setting the method; empty if it is none
     */
    record Limit(String name, String value, @Nullable Class<?> owner, String setting) {}

    List<Limit> ofMessages() {
        int maxPayload = server.number("maxPayload").intValue();
        return List.of(
                server("Bytes of a WebSocket message or of a request's body", bytes(maxPayload), "maxPayload"),
                server(
                        "Bytes of either before the client is in a namespace",
                        bytes(Defaults.constant(INSIDE + "context.ServerContext", "LEAST_FIRST_MESSAGE")),
                        "maxAuthBytes"),
                fixed(
                        "Bytes of a message of a WebSocket that has yet to take over a session",
                        bytes(Defaults.constant(CORE + "engine.session.PartialMessages", "PROBE_BYTES"))),
                server(
                        "Bytes of a request's first line and headers",
                        bytes(server.number("maxHeaderSize")),
                        "maxHeaderSize"),
                server(
                        "Packets of one POST",
                        count(new Defaults(engine.value("limits")).number("packetsPerPayload")),
                        "maxPayload"),
                server(
                        "Fragments of a WebSocket message",
                        count(Defaults.constant(NETTY + "websocket.PartialMessage", "MIN_FRAGMENTS")),
                        "maxPayload"),
                fixed(
                        "Final deflate blocks of a compressed message",
                        count(Defaults.constant(NETTY + "websocket.MessageInflater", "MAX_RESTARTS"))),
                fixed(
                        "Bytes of deflate blocks without content",
                        bytes(Defaults.constant(NETTY + "websocket.MessageInflater", "MAX_IDLE_BYTES"))),
                server("Binary values of an event", count(message.number("attachments")), "maxAttachments"),
                server(
                        "Binary values of an event in MessagePack",
                        count(Defaults.constant(CORE + "msgpack.MsgpackParser", "MIN_BINARY_VALUES")),
                        "maxAttachments"),
                server(
                        "Bytes of all binary values of an event",
                        times(message.number("attachmentBytes"), maxPayload) + " × `maxPayload`",
                        "maxPayload"),
                server(
                        "Time for the binary values of an event",
                        seconds(engine.number("pingIntervalMillis").longValue()
                                + engine.number("pingTimeoutMillis").longValue()),
                        "pingInterval"),
                fixed("Levels of JSON", count(Defaults.constant(CORE + "json.Json", "MAX_DEPTH"))),
                fixed("Digits of a number in JSON", count(Defaults.constant(CORE + "json.Json", "MAX_NUMBER_LENGTH"))),
                fixed("Bytes of a namespace's name", bytes(message.number("namespaceLength"))),
                fixed(
                        "Bytes of the query behind a namespace's name (Socket.IO 2)",
                        bytes(Defaults.constant(INSIDE + "connection.Version2Dialect", "MAX_QUERY"))),
                server("Bytes of `auth`", bytes(server.number("maxAuthBytes")), "maxAuthBytes"),
                fixed(
                        "Bytes of an answer to a poll",
                        bytes(Defaults.constant(CORE + "engine.session.Outbox", "ANSWER_BYTES"))));
    }

    List<Limit> ofOneClient() {
        return List.of(
                server(
                        "Events that wait for handlers, in a namespace",
                        count(server.number("mailboxLimit")),
                        "mailboxLimit"),
                server("Bytes of these events", bytes(server.number("usualMailboxBytes")), "mailboxBytes"),
                server("Bytes that it has not taken", bytes(server.number("usualOutboxBytes")), "outboxBytes"),
                server(
                        "Bytes of sent events that wait for the handlers of `onAnyOutgoing`, for a socket",
                        bytes(server.number("usualOutboxBytes")),
                        "outboxBytes"),
                server(
                        "Namespaces, also those that it waits for",
                        count(server.number("maxNamespaces")),
                        "maxNamespaces"),
                server("Rooms of a socket that `join` adds to", count(server.number("maxRooms")), "maxRooms"),
                fixed(
                        "Bytes of an answer that goes on, of a `Host.Handler` of one's own, that are not taken",
                        bytes(Defaults.constant(SERVER + "host.Exchange$Stream", "MAX_WAITING"))),
                server("Memory of a compressed WebSocket with context takeover", "some 340 KiB", "perMessageDeflate"),
                fixed(
                        "Bytes that come before a handshake of TLS is done",
                        bytes(Defaults.constant(INSIDE + "netty.tls.TlsRecords", "MAX_OF_HANDSHAKE"))),
                fixed(
                        "What of a refused connection is read and forgotten, so that the client can read why",
                        bytes(Defaults.constant(NETTY + "Lingering", "MAX_BYTES"))));
    }

    List<Limit> ofTime() {
        return List.of(
                server("Until it joins a namespace", seconds(server.value("connectTimeout")), "connectTimeout"),
                server("Between two pings", seconds(engine.number("pingIntervalMillis")), "pingInterval"),
                server("Until it answers a ping", seconds(engine.number("pingTimeoutMillis")), "pingTimeout"),
                server(
                        "Until an upgrade is complete",
                        seconds(engine.number("upgradeTimeoutMillis")),
                        "upgradeTimeout"),
                fixed(
                        "Until a session that closes has sent what it owes",
                        seconds(engine.number("closeTimeoutMillis"))),
                fixed(
                        "An HTTP connection that does nothing, or takes none of an answer",
                        seconds(Defaults.constant(NETTY + "IdleConnections", "IDLE_MILLIS"))),
                fixed(
                        "A request's body or a WebSocket message",
                        seconds(Defaults.constant(INSIDE + "http.Pace", "LIMIT_MILLIS"))),
                fixed(
                        "How far either, a request's head, or the binary values of an event may be behind %d KiB a second"
                                .formatted(times(Defaults.constant(INSIDE + "http.Pace", "RATE"), KIB)),
                        seconds(Defaults.constant(INSIDE + "http.Pace", "SLACK_MILLIS"))),
                of(
                        "An answer to a request of the server to one client",
                        "as long as the connection lasts",
                        Socket.class,
                        "timeout"),
                of(
                        "Answers of all that a broadcast asks, and of other servers",
                        seconds(Defaults.field(SERVER + "internal.namespace.NamespaceBroadcast", "DEFAULT_TIMEOUT")),
                        Broadcast.class,
                        "timeout"));
    }

    List<Limit> ofAllClients() {
        String share = "1/%d of the JVM's memory"
                .formatted(Defaults.constant(INSIDE + "context.ServerSettings", "SHARE_OF_MEMORY"));
        return List.of(
                server(
                        "Bytes that have arrived, and what is kept for clients as long as they are there",
                        share,
                        "memory"),
                server("Bytes that clients have not taken", share, "memory"),
                server(
                        "Of the bytes that have arrived, those of requests to HTTP routes",
                        "1/%d of them".formatted(Defaults.constant(INSIDE + "engine.Router", "SHARE_OF_MEMORY")),
                        "memory"),
                server(
                        "Of the bytes that have arrived, those of requests that are not whole or wait behind another one on their"
                                + " connection, and of long heads",
                        "1/%d of them".formatted(Defaults.constant(NETTY + "WaitingInput", "SHARE_OF_MEMORY")),
                        "memory"),
                server(
                        "What handlers may make of large events at the same time: objects of %d bytes for each JSON value and key, twice the bytes of the text, and those of binary values; up to %s an event is none of these"
                                .formatted(
                                        Defaults.constant(INSIDE + "threads.Weight", "OF_VALUE"),
                                        bytes(Defaults.constant(INSIDE + "threads.HandlerGate", "LIGHT"))),
                        "as much as 1/%d of the bytes that have arrived, but always one event; 1/%d of it is for events of up to 1/%d of it"
                                .formatted(
                                        Defaults.constant(INSIDE + "context.Memory", "PART_FOR_HANDLERS"),
                                        Defaults.constant(INSIDE + "threads.HandlerGate", "RESERVED_PART"),
                                        Defaults.constant(INSIDE + "threads.HandlerGate", "SMALL_PART")),
                        "memory"),
                server(
                        "What readers may make of large answers at the same time, in the same way",
                        "as much again",
                        "memory"),
                server(
                        "Of the bytes that clients have not taken, answers of HTTP routes and files",
                        "1/%d of them".formatted(Defaults.constant(INSIDE + "engine.Router", "SHARE_OF_MEMORY")),
                        "memory"),
                server(
                        "HTTP connections without a request, also amid a handshake of TLS",
                        "one for each %s of `memory` for what has arrived, but at least %s on each loop"
                                .formatted(
                                        bytes(Defaults.constant(NETTY + "RestingConnections", "BYTES_OF_MEMORY")),
                                        count(Defaults.constant(NETTY + "RestingConnections", "FEWEST"))),
                        "memory"),
                server(
                        "Sessions",
                        "one for each %s of `memory` for what has arrived, 1/%d of them in no namespace, but at least %s"
                                .formatted(
                                        bytes(Defaults.constant(INSIDE + "connection.SessionRoom", "BYTES_OF_MEMORY")),
                                        Defaults.constant(INSIDE + "connection.SessionRoom", "SHARE_OF_STRANGERS"),
                                        count(Defaults.constant(INSIDE + "connection.SessionRoom", "FEWEST"))),
                        "memory"),
                server(
                        "Namespaces that clients brought into being",
                        count(Defaults.constant(INSIDE + "context.ServerSettings", "DYNAMIC_NAMESPACES")),
                        "maxDynamicNamespaces"),
                server(
                        "Compressed WebSockets with context takeover",
                        "as many as fit into 1/%d of the JVM's memory at %s each"
                                .formatted(
                                        Defaults.constant(NETTY + "websocket.DeflateContexts", "SHARE_OF_MEMORY"),
                                        bytes(Defaults.constant(NETTY + "websocket.DeflateContexts", "BYTES"))),
                        "perMessageDeflate"),
                fixed(
                        "Sockets of a loop that are gone before their connection handlers had their turn",
                        count(Defaults.constant(INSIDE + "socket.LateConnectionCalls", "MOST"))
                                + ", each for "
                                + seconds(Defaults.constant(INSIDE + "socket.LateConnectionCalls", "PATIENCE_MILLIS"))),
                fixed(
                        "Refused requests that wait for `onConnectionError`",
                        count(Defaults.constant(INSIDE + "server.UserHttp", "MAX_WAITING_ERRORS"))),
                fixed(
                        "Disconnected clients that wait for `onOverflow`",
                        count(Defaults.constant(INSIDE + "context.Overflows", "MAX_WAITING"))),
                server(
                        "Bytes of changes of rooms that the listeners of a namespace have yet to be told of",
                        bytes(server.number("usualOutboxBytes")),
                        "outboxBytes"),
                fixed(
                        "Bytes of files that are kept in memory, for each `StaticFiles`",
                        bytes(Defaults.constant(SERVER + "http.StaticFiles", "MAX_KEPT_BYTES"))),
                server(
                        "Event loops",
                        "one for each processor, at most "
                                + count(Defaults.constant(NETTY + "EventLoops", "MAX_COUNT")),
                        "loops"));
    }

    List<Limit> ofThreads() {
        long threads =
                Defaults.constant(INSIDE + "threads.HandlerPool", "THREADS").longValue();
        long most =
                Defaults.constant(INSIDE + "threads.HandlerPool", "MAX_THREADS").longValue();
        boolean manyProcessors = 4 * Runtime.getRuntime().availableProcessors() > 32;
        return List.of(
                server(
                        "Threads of a pool while nothing blocks, JDK 17",
                        count(manyProcessors ? 32 : threads),
                        "handlerExecutor"),
                server(
                        "Threads of a pool while its tasks block, JDK 17",
                        times(most, threads) + " times as many",
                        "handlerExecutor"),
                fixed("Threads for handshakes of TLS", "half of the processors"),
                server("How long a handler may take", "no limit", "handlerDeadline"));
    }

    List<Limit> ofRecovery() {
        return List.of(
                recovery("How long a client may be away", "what you set", "maxDisconnectionDuration"),
                recovery("Clients that are away", count(recovery.number("maxSessions")), "maxSessions"),
                server(
                        "Bytes of clients that are away, at 1 KiB each, and 80 bytes and its name for each room",
                        "1/" + Defaults.constant(INSIDE + "recovery.ParkedSessions", "SHARE_OF_BUDGET")
                                + " of `memory`",
                        "memory"),
                server(
                        "Bytes of one of them",
                        "1/" + Defaults.constant(INSIDE + "recovery.ParkedSessions", "SHARE_OF_ONE") + " of that, or "
                                + bytes(Defaults.constant(INSIDE + "recovery.ParkedSessions", "LEAST_OF_ONE")),
                        "memory"),
                recovery("Events in the log", count(recovery.number("maxPackets")), "maxPackets"),
                recovery("Bytes of these events", bytes(recovery.number("maxBytes")), "maxBytes"),
                of("Stages of what servers of a cluster share", "5 s", SharedRecovery.class, "timeout"));
    }

    List<Limit> ofTheClient() {
        int maxBytes = client.number("maxMessageBytes").intValue();
        return List.of(
                client("Bytes of one message", bytes(maxBytes), "maxMessageBytes"),
                client("Binary values of an event", count(received.number("attachments")), "maxAttachments"),
                client(
                        "Bytes of all binary values of an event",
                        times(received.number("attachmentBytes"), maxBytes) + " × `maxMessageBytes`",
                        "maxMessageBytes"),
                client("Bytes of events that come before a socket is connected", bytes(maxBytes), "maxMessageBytes"),
                client(
                        "Events of a socket that wait for handlers",
                        count(client.number("mailboxLimit")),
                        "mailboxLimit"),
                fixed(
                        "WebSocket messages that wait for the client's loop",
                        count(Defaults.constant("io.sockeye.client.internal.http.WebSocketReceiver", "CREDIT"))),
                client(
                        "Bytes that wait to be sent, of all sockets",
                        bytes(client.number("outboxBytes")),
                        "outboxBytes"),
                client("Until a server answers", seconds(client.value("connectTimeout")), "connectTimeout"),
                client("Until an acknowledgement arrives", seconds(client.value("ackTimeout")), "ackTimeout"));
    }

    private static Limit server(String name, String value, String setting) {
        return of(name, value, SocketServerBuilder.class, setting);
    }

    private static Limit client(String name, String value, String setting) {
        return of(name, value, SocketClientBuilder.class, setting);
    }

    private static Limit recovery(String name, String value, String setting) {
        return of(name, value, ConnectionStateRecovery.class, setting);
    }

    private static Limit fixed(String name, String value) {
        return new Limit(name, value, null, "");
    }

    private static Limit of(String name, String value, Class<?> owner, String setting) {
        return new Limit(name, value, owner, setting);
    }

    private static String count(Number value) {
        return String.format(Locale.ROOT, "%,d", value.longValue());
    }

    private static String bytes(Number value) {
        long bytes = value.longValue();
        if (bytes % (KIB * KIB) == 0) {
            return bytes / (KIB * KIB) + " MiB";
        }
        return bytes % KIB == 0 ? bytes / KIB + " KiB" : count(bytes) + " bytes";
    }

    private static String seconds(Object time) {
        long millis = time instanceof Duration duration ? duration.toMillis() : ((Number) time).longValue();
        return Duration.ofMillis(millis).toSeconds() + " s";
    }

    private static long times(Number value, long unit) {
        return value.longValue() / unit;
    }
}
