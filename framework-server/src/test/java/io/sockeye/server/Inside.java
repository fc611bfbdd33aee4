package io.sockeye.server;

import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.namespace.MatchedNamespaces;
import io.sockeye.server.internal.server.SockeyeServer;
import io.sockeye.server.internal.socket.LocalSocket;
import java.util.List;

/** The inside of what users hold: for tests of what cannot be seen from outside, such as that nothing is left. */
public final class Inside {
    /** The acknowledgements of a broadcast that nobody was asked. */
    public static final Answers NO_ANSWERS = new Answers(List.of(), List.of(), 0, 0, List.of());

    private Inside() {}

    public static LocalNamespace of(Namespace namespace) {
        return (LocalNamespace) namespace;
    }

    public static MatchedNamespaces of(DynamicNamespace namespaces) {
        return (MatchedNamespaces) namespaces;
    }

    public static LocalSocket of(Socket socket) {
        return (LocalSocket) socket;
    }

    /** The parts of a server. */
    public static ServerCore of(SocketServer server) {
        return ((SockeyeServer) server).core();
    }
}
