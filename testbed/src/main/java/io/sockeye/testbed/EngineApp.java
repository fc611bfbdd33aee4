package io.sockeye.testbed;

import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.engine.session.SessionListener;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.LoopFailure;
import io.sockeye.server.host.Loop;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.internal.engine.Router;
import io.sockeye.server.internal.engine.Sessions;
import io.sockeye.server.internal.http.HttpCallbacks;
import io.sockeye.server.internal.http.HttpSettings;
import io.sockeye.server.internal.http.Legacy;
import io.sockeye.server.internal.http.Sid;
import io.sockeye.server.internal.netty.EventLoops;
import io.sockeye.server.internal.netty.NettyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The server of the Engine.IO suite: sends every message back. */
final class EngineApp {
    private static final EngineSettings SETTINGS = new EngineSettings(300, 200, 10_000, 30_000, Limits.DEFAULT);

    private static final int MAX_HEADER_SIZE = 16 << 10;

    private EngineApp() {}

    static void start(Options options) {
        var loops = new EventLoops(options.transport(), options.loops(1), LoopFailure.HALT);
        var http = new HttpSettings(
                "/engine.io/",
                Set.of(TransportKind.POLLING, TransportKind.WEBSOCKET),
                Cors.any(),
                false,
                new Legacy(true, false),
                SETTINGS.limits().maxPayload(),
                new HttpCallbacks(request -> CompletableFuture.completedFuture(HttpResponse.notFound())),
                null,
                HttpCompression.DEFAULT,
                null,
                ProxyTrust.NONE,
                new Budget(64 << 20),
                new Budget(64 << 20));
        var sessions = loops.loops().stream().map(EchoSessions::new).toList();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
        var server = new NettyServer(loops, address, null, MAX_HEADER_SIZE);
        try {
            server.start(new Router(http, sessions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Testbed.ready("engine", server.port());
    }

    private static final class EchoSessions implements Sessions {
        private static final Duration TICK = Duration.ofMillis(10);

        private final Loop loop;
        private final SecureRandom random = new SecureRandom();
        private final Map<String, ServerSession> open = new HashMap<>();

        EchoSessions(Loop loop) {
            this.loop = loop;
            loop.repeat(TICK, () -> new ArrayList<>(open.values()).forEach(session -> session.tick(loop.nowMillis())));
        }

        @Override
        public ServerSession open(Transport transport, HttpRequest request) {
            var sid = Sid.next("test", loop.index(), random);
            var echo = new Echo(() -> open.remove(sid));
            var session = new ServerSession(sid, SETTINGS, transport, echo, loop.nowMillis());
            echo.session = session;
            open.put(sid, session);
            return session;
        }

        @Override
        public boolean accepts() {
            return true;
        }

        @Override
        public @Nullable ServerSession find(String sid) {
            var session = open.get(sid);
            if (session != null) {
                session.tick(loop.nowMillis());
            }
            return open.get(sid);
        }
    }

    private static final class Echo implements SessionListener {
        private final Runnable whenClosed;
        private @Nullable ServerSession session;

        Echo(Runnable whenClosed) {
            this.whenClosed = whenClosed;
        }

        @Override
        public void onMessage(EnginePacket message) {
            if (session != null) {
                session.send(List.of(message));
            }
        }

        @Override
        public void onClose(CloseReason reason) {
            whenClosed.run();
        }
    }
}
