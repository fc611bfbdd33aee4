package io.sockeye.testbed;

import io.sockeye.event.Args;
import io.sockeye.server.Namespace;
import io.sockeye.server.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events about the session itself. */
final class SessionEvents {
    private static final String NUMBERS = "numbers";

    private final Namespace namespace;
    /** By the ids of the sockets of all namespaces. */
    private final Map<String, String> reasons;

    SessionEvents(Namespace namespace, Map<String, String> reasons) {
        this.namespace = namespace;
        this.reasons = reasons;
    }

    void add() {
        namespace.on("up", Integer.class, (socket, number) -> numbersOf(socket).add(number));
        namespace.on("up-report", (socket, args) -> {
            args.ack(numbersOf(socket));
            socket.data().remove(NUMBERS);
        });
        namespace.on("whoami", SessionEvents::whoAmI);
        namespace.on("kick", Boolean.class, (socket, close) -> {
            if (close) {
                socket.disconnectAll();
            } else {
                socket.disconnect();
            }
        });
        namespace.on("kill", (socket, args) -> socket.closeConnection());
        namespace.on("reason", (socket, args) -> args.ack(reasons.get(args.get(0, String.class))));
        namespace.onDisconnect((socket, reason) -> reasons.put(socket.id(), reason.text()));
    }

    /** What the socket sent with {@code up} since the last report; used by its handlers alone. */
    @SuppressWarnings("unchecked")
    private static List<Integer> numbersOf(Socket socket) {
        return (List<Integer>) socket.data().computeIfAbsent(NUMBERS, key -> new ArrayList<Integer>());
    }

    private static void whoAmI(Socket socket, Args args) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("id", socket.id());
        answer.put("nsp", socket.namespace().name());
        answer.put("transport", socket.transport().wireName());
        answer.put("auth", socket.handshake().auth());
        answer.put("query", socket.handshake().query("color").orElse(null));
        answer.put("recovered", socket.recovered());
        args.ack(answer);
    }
}
