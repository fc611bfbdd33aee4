package io.sockeye.server;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts a server on a free port of this machine and stops it after the test. */
final class ServerUnderTest implements AfterEachCallback {
    private @Nullable SocketServer server;

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
        server = built;
        return built;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (server != null) {
            server.stop(Duration.ZERO);
        }
    }
}
