package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.SocketServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The user's code runs beside the connection, whatever it does and wherever it is run. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HandlerThreadsIT {
    private final SocketServer server = GoodServer.start();

    @BeforeEach
    void setUp() {
        server.of("/admin").use(context -> {
            throw new ConnectionRefused("not authorized", Map.of("Retry", true));
        });
        server.on("ask back", (socket, args) -> socket.emit("question"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SocketClientBuilder builder() {
        return SocketClient.builder("http://127.0.0.1:" + server.port());
    }

    @Test
    void executorsThatRunTasksAtOnceDoNotRunThemOnTheLoop() throws Exception {
        var saturated = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy());
        var busy = new CompletableFuture<Void>();
        saturated.execute(busy::join);
        try (var direct = builder().handlerExecutor(Runnable::run).build();
                var client = builder().handlerExecutor(saturated).build()) {
            waitsInAHandler(direct);
            waitsInAHandler(client);
        } finally {
            busy.complete(null);
            saturated.shutdown();
        }
    }

    private static void waitsInAHandler(SocketClient client) throws Exception {
        var answers = new LinkedBlockingQueue<Integer>();
        client.on(
                "question",
                args -> answers.add(client.request("echo", Integer.class, 7).get(10, TimeUnit.SECONDS)));
        connect(client);
        client.emit("ask back");
        assertThat(take(answers)).isEqualTo(7);
    }

    /** What hangs on the first answer waits for the second one while the client closes. */
    @Test
    void answersPassEachOtherAlsoWhileTheClientCloses() throws Exception {
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Integer> both;
            long start;
            try (var client = builder().build()) {
                // Asked before there is a connection: what hangs on a finished future would run, and wait, here.
                var second = new CompletableFuture<Integer>();
                var begun = new CompletableFuture<Integer>();
                both = client.request("echo", Integer.class, 1).thenApply(one -> {
                    begun.complete(one);
                    return one + second.join();
                });
                client.request("echo", Integer.class, 2).whenComplete((two, failure) -> second.complete(2));
                connect(client);
                get(begun);
                start = System.nanoTime();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(get(both)).isEqualTo(3);
        }
    }

    @Test
    void suppliersThatBlockDoNotHoldUpTheEnd() throws Exception {
        var asked = new LinkedBlockingQueue<String>();
        Supplier<Map<String, String>> blocking = () -> {
            asked.add("asked");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Map.of();
        };
        for (var each : List.of(builder().auth(blocking), builder().headers(blocking))) {
            var client = each.build();
            client.connect();
            take(asked);
            long start = System.nanoTime();
            client.close(Duration.ofSeconds(30));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void anExecutorThatFailsIsToldOnce() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger("io.sockeye.client");
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        var tries = new AtomicInteger();
        try (var client = builder()
                .handlerExecutor(task -> {
                    if (tries.incrementAndGet() <= 5) {
                        throw new IllegalStateException("Timer already cancelled.");
                    }
                    task.run();
                })
                .build()) {
            var connected = new CompletableFuture<Void>();
            client.onConnect(() -> connected.complete(null));
            client.connect();
            get(connected);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(tries.get()).isGreaterThan(5);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .hasSize(1);
    }

    @Test
    void refusalsAreReadWhateverTheUsersMapperMakesOfNames() {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .build();
        try (var client = builder().json(mapper).build()) {
            var refused = failure(client.of("/admin").connect());
            assertThat(refused)
                    .hasMessage("not authorized")
                    .isInstanceOfSatisfying(ConnectFailedException.class, it -> {
                        assertThat(it.data().orElseThrow().as(Data.class)).isEqualTo(new Data(true));
                    });
        }
    }

    /** Named otherwise on the wire, by the user's own mapper. */
    record Data(boolean retry) {}

    @Test
    void failuresOfTheUsersFuturesAreNotWrapped() {
        var expired = new IllegalStateException("expired");
        try (var client = builder()
                .auth(() -> CompletableFuture.supplyAsync(() -> {
                    throw expired;
                }))
                .build()) {
            assertThat(failure(client.connect())).hasCause(expired);
        }
    }
}
