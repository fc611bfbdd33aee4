package io.sockeye.test;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server on the loopback interface, and the clients that tests have made. Any thread. */
final class RunningServer {
    private static final Logger log = LoggerFactory.getLogger(SocketServerExtension.class);
    /** How long an interrupted handler may take to throw. */
    private static final Duration REPORT_TIME = Duration.ofSeconds(10);

    private final Duration patience;
    private final Duration stopTime;
    /** Guarded by itself; who waits is notified of each. */
    private final List<String> errors = new ArrayList<>();

    private final SocketServer server;
    private final List<TestClient> clients = new CopyOnWriteArrayList<>();

    RunningServer(
            Consumer<? super SocketServerBuilder> settings,
            Consumer<? super SocketServer> handlers,
            Duration patience,
            Duration stopTime) {
        this.patience = patience;
        this.stopTime = stopTime;
        var builder = SocketServer.builder().onError(this::report);
        settings.accept(builder);
        server = builder.host("127.0.0.1").port(0).build();
        handlers.accept(server);
        server.start();
    }

    private void report(Throwable error, String where) {
        log.warn("{} has failed", where, error);
        synchronized (errors) {
            errors.add(where + ": " + error);
            errors.notifyAll();
        }
    }

    SocketServer server() {
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    TestClient client(String namespace, Consumer<? super SocketClientBuilder> settings) {
        var builder = SocketClient.builder(url() + (namespace.equals("/") ? "" : namespace));
        settings.accept(builder);
        return observe(builder.build());
    }

    TestClient observe(SocketClient real) {
        var events = new ReceivedEvents(real, patience, this::hint);
        var client = Forwarding.of(TestClient.class, SocketClient.class, real, events, () -> {});
        clients.add(client);
        return client;
    }

    /** @throws ConnectFailedException if the client cannot connect */
    TestClient connect(TestClient client) {
        try {
            client.connect().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return client;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectFailedException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(client + " within " + patience.toMillis() + " ms" + hint(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + client, e);
        }
    }

    /** Ends a message of what did not happen: why that may be. */
    private String hint() {
        synchronized (errors) {
            return errors.isEmpty() ? "" : "; the server has reported " + String.join(", ", errors);
        }
    }

    /** @throws AssertionError if clients do not close in time */
    void closeClients() {
        var late = new ArrayList<String>();
        for (var client : List.copyOf(clients)) {
            clients.remove(client);
            if (!endsInTime(() -> client.close(stopTime))) {
                late.add(client.toString());
            }
        }
        if (!late.isEmpty()) {
            throw new AssertionError("not closed within %d ms: %s".formatted(stopTime.toMillis(), late));
        }
    }

    /** @throws AssertionError if the server does not stop in time */
    void stop() {
        int connections = server.connections();
        if (!endsInTime(() -> server.stop(stopTime))) {
            awaitError();
            throw new AssertionError("the server did not stop within %d ms; it had %d connections of other clients%s"
                    .formatted(stopTime.toMillis(), connections, hint()));
        }
    }

    /** The handlers that have kept the server were interrupted: what they throw tells where they were. */
    private void awaitError() {
        long end = System.nanoTime() + REPORT_TIME.toNanos();
        synchronized (errors) {
            try {
                for (long left = REPORT_TIME.toNanos(); errors.isEmpty() && left > 0; left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(errors, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What is cut off because its time is over has taken nearly all of it. */
    private boolean endsInTime(Runnable end) {
        long began = System.nanoTime();
        end.run();
        return System.nanoTime() - began < stopTime.toNanos() / 10 * 9;
    }
}
