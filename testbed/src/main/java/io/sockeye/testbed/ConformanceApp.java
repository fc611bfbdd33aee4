package io.sockeye.testbed;

import io.sockeye.json.JsonValue;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.Namespace;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import io.sockeye.server.http.Cors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The server of the black-box checks. */
final class ConformanceApp {
    private static final String TOKEN = "s3cret";
    private static final Pattern DYNAMIC = Pattern.compile("/dyn-\\d+");
    private static final ConnectionStateRecovery RECOVERY = ConnectionStateRecovery.within(Duration.ofSeconds(3));

    private ConformanceApp() {}

    static void start(Options options) {
        var reasons = new ConcurrentHashMap<String, String>();
        var plain = server(settings(options), reasons).start();
        int recoveryPort = options.port() == 0 ? 0 : options.recoveryPort();
        var recovering = settings(options).port(recoveryPort).connectionStateRecovery(RECOVERY);
        int recovery = server(recovering, reasons).start().port();
        Testbed.ready("conformance with recovery on " + recovery, plain.port());
    }

    private static SocketServerBuilder settings(Options options) {
        return options.apply(SocketServer.builder(), 1)
                .pingInterval(Duration.ofMillis(1000))
                .pingTimeout(Duration.ofMillis(2000))
                .upgradeTimeout(Duration.ofMillis(1000))
                .connectTimeout(Duration.ofMillis(1500))
                .cors(Cors.origins("http://app.example").withCredentials());
    }

    private static SocketServer server(SocketServerBuilder settings, Map<String, String> reasons) {
        var server = settings.build();
        for (var name : List.of("/", "/admin")) {
            addHandlers(server.of(name), reasons);
        }
        server.of("/admin").use(context -> {
            if (!TOKEN.equals(context.auth(Map.class).get("token"))) {
                throw new ConnectionRefused("not authorized", new Refusal(4010, false));
            }
        });
        server.of(DYNAMIC);
        server.onNamespace(namespace -> addHandlers(namespace, reasons));
        return server;
    }

    private static void addHandlers(Namespace namespace, Map<String, String> reasons) {
        namespace.onConnection(socket -> socket.emit(
                "welcome", new Welcome(socket.id(), socket.handshake().auth())));
        new EchoEvents(namespace).add();
        new RoomEvents(namespace).add();
        new SessionEvents(namespace, reasons).add();
    }

    private record Refusal(int code, boolean retry) {}

    private record Welcome(String id, JsonValue auth) {}
}
