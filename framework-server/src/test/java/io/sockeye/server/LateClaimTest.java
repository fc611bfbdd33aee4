package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A client that wants its session back is gone again before middleware lets it in. */
class LateClaimTest {
    private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]+)\"");

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

    private static void leave(HandClient client) {
        client.session().transportClosed(client.transport(), CloseReason.TRANSPORT_CLOSE);
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
        var found = PID.matcher(String.join("", first.transport().sent));
        assertThat(found.find()).isTrue();
        leave(first);
        var dead = claim(found.group(1));
        leave(dead);
        var alive = claim(found.group(1));
        admit(2);
        assertThat(alive.transport().sent.toString()).contains(found.group(1));
        admit(1);
        assertThat(alive.isOpen()).isTrue();
    }
}
