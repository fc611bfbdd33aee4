package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A client that wants its session back is gone again before middleware lets it in. */
class LateClaimTest {
    private final List<CompletableFuture<Void>> asked = new ArrayList<>();
    private final HandServer server = new HandServer(
            1,
            builder -> builder.connectionStateRecovery(
                    ConnectionStateRecovery.within(Duration.ofMinutes(2)).skipMiddlewares(false)));

    private void admit(int index) {
        asked.get(index).complete(null);
        server.runHandlers();
    }

    private HandClient claim(String pid) {
        var client = server.open();
        client.send("40{\"pid\":\"" + pid + "\",\"offset\":\"\"}");
        server.runHandlers();
        return client;
    }

    @Test
    void takesTheSessionFromNobody() {
        server.namespace("/").useAsync(candidate -> {
            var decision = new CompletableFuture<Void>();
            asked.add(decision);
            return decision;
        });
        var first = server.join();
        server.runHandlers();
        admit(0);
        first.leave();
        var dead = claim(first.pid());
        dead.leave();
        var alive = claim(first.pid());
        admit(2);
        assertThat(alive.transport().sent.toString()).contains(first.pid());
        admit(1);
        assertThat(alive.isOpen()).isTrue();
    }

    /** Its turn comes once its old connection has ended, and somebody has the session by then. */
    @Test
    void takesTheSessionFromNobodyWhenItsTurnComes() {
        var quick = new HandServer(
                1, builder -> builder.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(2))));
        var first = quick.join();
        var dead = quick.open();
        var alive = quick.open();
        var claim = Bytes.ofUtf8("40{\"pid\":\"" + first.pid() + "\",\"offset\":\"\"}");
        quick.loops.get(0).turn(() -> {
            dead.session().receiveFrame(dead.transport(), claim, false, 0);
            dead.session().transportClosed(dead.transport(), CloseReason.TRANSPORT_CLOSE);
            alive.session().receiveFrame(alive.transport(), claim, false, 0);
        });
        assertThat(alive.transport().sent.toString()).contains(first.pid());
        assertThat(alive.isOpen()).isTrue();
    }

    @Test
    void isNotDecidedAboutByMiddleware() {
        var quick = new HandServer(
                1, builder -> builder.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(2))));
        var decided = new ArrayList<String>();
        quick.namespace("/").use(candidate -> decided.add(candidate.namespace()));
        var first = quick.join();
        quick.runHandlers();
        var dead = quick.open();
        var claim = Bytes.ofUtf8("40{\"pid\":\"" + first.pid() + "\",\"offset\":\"\"}");
        quick.loops.get(0).turn(() -> {
            dead.session().receiveFrame(dead.transport(), claim, false, 0);
            dead.session().transportClosed(dead.transport(), CloseReason.TRANSPORT_CLOSE);
        });
        quick.runHandlers();
        assertThat(decided).containsExactly("/");
    }
}
