package io.sockeye.testbed;

import io.sockeye.json.JsonValue;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.Namespace;
import io.sockeye.server.SocketServer;
import io.sockeye.server.http.Cors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The server of the black-box checks. */
final class ConformanceApp {
    private static final String TOKEN = "s3cret";

    private ConformanceApp() {}

    static void start(Options options) {
        var server = options.apply(SocketServer.builder(), 1)
                .pingInterval(Duration.ofMillis(1000))
                .pingTimeout(Duration.ofMillis(2000))
                .upgradeTimeout(Duration.ofMillis(1000))
                .connectTimeout(Duration.ofMillis(1500))
                .cors(Cors.origins("http://app.example").withCredentials())
                .build();
        var reasons = new ConcurrentHashMap<String, String>();
        for (var name : List.of("/", "/admin")) {
            addHandlers(server.of(name), reasons);
        }
        server.of("/admin").use(context -> {
            if (!TOKEN.equals(context.auth(Map.class).get("token"))) {
                throw new ConnectionRefused("not authorized", Map.of("code", 4010, "retry", false));
            }
        });
        server.start();
        Testbed.ready("conformance", server.port());
    }

    private static void addHandlers(Namespace namespace, Map<String, String> reasons) {
        namespace.onConnection(socket -> socket.emit(
                "welcome", new Welcome(socket.id(), socket.handshake().auth())));
        new EchoEvents(namespace).add();
        new RoomEvents(namespace).add();
        new SessionEvents(namespace, reasons).add();
    }

    private record Welcome(String id, JsonValue auth) {}
}
