package io.sockeye.server;

/** The inside of what users hold: for tests of what cannot be seen from outside, such as that nothing is left. */
final class Inside {
    private Inside() {}

    static LocalNamespace of(Namespace namespace) {
        return (LocalNamespace) namespace;
    }

    static MatchedNamespaces of(DynamicNamespace namespaces) {
        return (MatchedNamespaces) namespaces;
    }

    static LocalSocket of(Socket socket) {
        return (LocalSocket) socket;
    }

    /** The parts of a server. */
    static ServerCore of(SocketServer server) {
        return of(server.of("/")).core();
    }
}
