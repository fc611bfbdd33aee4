package io.sockeye.testbed;

import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.json.JsonValue;
import io.sockeye.server.Namespace;
import io.sockeye.server.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Events that send back what came, in one way or another. */
final class EchoEvents {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "testbed-timer");
        thread.setDaemon(true);
        return thread;
    });

    private final Namespace namespace;

    EchoEvents(Namespace namespace) {
        this.namespace = namespace;
    }

    void add() {
        for (var name : List.of("echo", "typed")) {
            namespace.on(name, (socket, args) -> echo(name, socket, args));
        }
        namespace.on(
                "types",
                (socket, args) ->
                        args.ack(args.values().stream().map(EchoEvents::typeOf).toList()));
        namespace.on(
                "ask",
                (socket, args) -> socket.request("question", Args.class, Values.of(args))
                        .thenAccept(answer -> socket.emit("answer", Values.of(answer))));
        namespace.on("ask-timeout", Integer.class, EchoEvents::askWithTimeout);
        namespace.on("ignore", (socket, args) -> {});
        namespace.on(
                "late",
                (socket, args) ->
                        TIMER.schedule(() -> args.ack("late"), args.get(0, long.class), TimeUnit.MILLISECONDS));
        namespace.on("twice", (socket, args) -> {
            args.ack("first");
            args.ack("second");
        });
        namespace.on("size", (socket, args) -> args.ack(sizeOf(args.value(0))));
        namespace.on("big", (socket, args) -> args.ack("x".repeat(args.get(0, int.class))));
        namespace.on(
                "stream",
                (socket, args) ->
                        stream(socket, 0, args.get(0, int.class), args.get(1, int.class), args.get(2, long.class)));
        namespace.on("stream-bin", Integer.class, EchoEvents::streamBinary);
        namespace.on("volatile", Integer.class, (socket, n) -> {
            for (int i = 0; i < n; i++) {
                socket.asVolatile().emit("vol", i);
            }
            socket.emit("vol-end", n);
        });
    }

    private static void echo(String name, Socket socket, Args args) {
        if (args.ackRequested()) {
            args.ack(Values.of(args));
        } else {
            socket.emit(name, Values.of(args));
        }
    }

    private static String typeOf(JsonValue value) {
        if (value.kind() != JsonValue.Kind.BINARY) {
            return value.kind().name().toLowerCase(Locale.ROOT);
        }
        var bytes = value.as(byte[].class);
        int sum = 0;
        for (byte b : bytes) {
            sum += b & 0xff;
        }
        return "binary:" + bytes.length + ":" + sum % 65536;
    }

    private static int sizeOf(JsonValue value) {
        return value.kind() == JsonValue.Kind.BINARY
                ? value.as(byte[].class).length
                : value.as(String.class).length();
    }

    private static void askWithTimeout(Socket socket, int millis) {
        socket.timeout(Duration.ofMillis(millis))
                .request("question", Object.class, "timed")
                .whenComplete((answer, failure) -> {
                    var result = new HashMap<String, Object>();
                    result.put("timedOut", failure instanceof AckTimeoutException);
                    result.put("answer", answer);
                    socket.emit("asked", result);
                });
    }

    private static void stream(Socket socket, int from, int n, int perTick, long gapMillis) {
        int end = Math.min(n, from + perTick);
        for (int i = from; i < end; i++) {
            socket.emit("seq", i);
        }
        if (end < n) {
            TIMER.schedule(() -> stream(socket, end, n, perTick, gapMillis), gapMillis, TimeUnit.MILLISECONDS);
        }
    }

    private static void streamBinary(Socket socket, int n) {
        for (int i = 0; i < n; i++) {
            socket.emit("seq-bin", i, new byte[] {(byte) i, (byte) (i >> 8)}, new byte[] {7});
            socket.emit("seq-txt", i);
        }
    }
}
