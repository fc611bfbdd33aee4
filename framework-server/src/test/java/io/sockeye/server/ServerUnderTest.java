package io.sockeye.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts servers on free ports of this machine and stops them after the test. */
final class ServerUnderTest implements AfterEachCallback {
    private final List<SocketServer> servers = new ArrayList<>();

    SocketServer start() {
        return start(builder -> builder);
    }

    SocketServer start(UnaryOperator<SocketServerBuilder> settings) {
        return build(settings).start();
    }

    /** A server that does not listen yet. */
    SocketServer build(UnaryOperator<SocketServerBuilder> settings) {
        var built = settings.apply(
                        SocketServer.builder().host("127.0.0.1").port(0).loops(2))
                .build();
        servers.add(built);
        return built;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        servers.forEach(server -> server.stop(Duration.ZERO));
    }
}
