package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interruption of a handler's thread is that handler's alone. */
@Timeout(30)
class InterruptsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void theNextHandlersAndEventsAreNotInterrupted() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(builder -> builder.onError((error, where) -> {}));
        server.onConnection(socket -> release.await(10, TimeUnit.SECONDS));
        server.on("interrupt", (socket, args) -> Thread.currentThread().interrupt());
        server.on(
                "interrupt",
                (socket, args) ->
                        socket.emit("same event", Thread.currentThread().isInterrupted()));
        server.on("fail", (socket, args) -> {
            throw new InterruptedException("asked for");
        });
        server.on(
                "look",
                (socket, args) ->
                        socket.emit("next event", Thread.currentThread().isInterrupted()));
        try (var client = WebSocketClient.join(server)) {
            // All wait for the connection handler, so that one thread runs them one after another.
            for (var event : new String[] {"interrupt", "look", "fail", "look"}) {
                client.send("42[\"" + event + "\"]");
            }
            client.send("40/unknown,");
            client.expect("44/unknown,");
            release.countDown();
            assertThat(client.next()).isEqualTo("42[\"same event\",false]");
            assertThat(client.next()).isEqualTo("42[\"next event\",false]");
            assertThat(client.next()).isEqualTo("42[\"next event\",false]");
        }
    }

    /** The first call of each leaves its thread interrupted, which is an event loop. */
    @ParameterizedTest
    @ValueSource(strings = {"route", "route that fails", "check", "check that fails", "headers", "errors"})
    void whatUserCodeAboutHttpLeavesIsForgotten(String kind) throws Exception {
        var notes = new Notes();
        var first = new AtomicBoolean(true);
        var server = servers.start(builder -> {
            var all = builder.loops(1).handlersOnEventLoop().onError((error, where) -> {});
            return switch (kind.split(" ", 2)[0]) {
                case "route" ->
                    all.http(request -> {
                        leave(first, kind);
                        return HttpResponse.text(200, "page");
                    });
                case "check" -> all.allowRequest(request -> leave(first, kind));
                case "headers" ->
                    all.headers((headers, request) -> {
                        leaveQuietly(first);
                        return headers;
                    });
                default -> all.onConnectionError(error -> leaveQuietly(first));
            };
        });
        server.onConnection(
                socket -> notes.add("interrupted " + Thread.currentThread().isInterrupted()));
        try (var wire = Wire.to(server)) {
            wire.get(kind.startsWith("route") ? "/route" : "/socket.io/?EIO=4&transport=polling");
            wire.get("/socket.io/?EIO=4&transport=none");
        }
        assertThat(first).isFalse();
        try (var client = WebSocketClient.join(server)) {
            assertThat(notes.next()).isEqualTo("interrupted false");
            assertThat(client).isNotNull();
        }
    }

    private static void leave(AtomicBoolean first, String kind) throws InterruptedException {
        if (first.get() && kind.endsWith("fails")) {
            first.set(false);
            throw new InterruptedException("asked for");
        }
        leaveQuietly(first);
    }

    private static void leaveQuietly(AtomicBoolean first) {
        if (first.getAndSet(false)) {
            Thread.currentThread().interrupt();
        }
    }
}
