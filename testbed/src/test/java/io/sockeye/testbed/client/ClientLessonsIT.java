package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.Disconnection;
import io.sockeye.client.Reconnection;
import io.sockeye.client.SocketClient;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.DisconnectedException;
import io.sockeye.server.SocketServer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What went wrong in other clients for Java; the numbers are those of the collected lessons, or of the CVE. */
final class ClientLessonsIT {
    private static NodeServer node;
    private static SocketServer good;

    @BeforeAll
    static void start() throws Exception {
        node = NodeServer.start();
        good = GoodServer.start();
    }

    @AfterAll
    static void stop() {
        node.close();
        good.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bAAAA", "4511-[\"a\"]", "451-[\"a\",{\"_placeholder\":true,\"num\":9}] ␞ bAAAA", "4"})
    void lesson7ParserErrorsEndTheConnectionWithOneReason(String packets) throws Exception {
        endsWithParseError(packets);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"42[null]", "42null", "42", "43null", "430null", "40null", "44null", "45", "45-", "46", "4null"})
    void cve2022x25867BadPacketsAreNoNullPointers(String packets) throws Exception {
        endsWithParseError(packets);
    }

    private static void endsWithParseError(String packets) throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = GoodServer.client(server, Way.WEBSOCKET).build()) {
            Scripts.session(server, Way.WEBSOCKET, Scripts.afterConnect(packets + " ␞ 4"));
            var ends = new LinkedBlockingQueue<Disconnection>();
            client.onDisconnect(ends::add);
            connect(client);
            assertThat(take(ends).reason().text()).isEqualTo("parse error");
            until(client::connected);
        }
    }

    @Test
    void lesson8BufferedEventsHaveTheirArgumentsAlone() throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = GoodServer.client(server, Way.WEBSOCKET).build()) {
            Scripts.session(server, Way.WEBSOCKET, "42[\"early\",\"a\",1]", Scripts.CONNECTED);
            var heard = new LinkedBlockingQueue<String>();
            client.on("early", args -> heard.add(args.size() + " " + args.get(0, String.class)));
            connect(client);
            assertThat(take(heard)).isEqualTo("2 a");
        }
    }

    @Test
    void lesson9AcknowledgementsCompleteOnceWhateverComesFirst() throws Exception {
        try (var client = node.client(Way.WEBSOCKET).build()) {
            connect(client);
            var outcomes = new LinkedBlockingQueue<String>();
            var limited = client.timeout(Duration.ofMillis(100));
            var lost = limited.request("never acknowledged");
            lost.whenComplete((value, failure) -> outcomes.add("completed"));
            client.disconnect();
            assertThat(failure(lost)).isInstanceOf(DisconnectedException.class);
            assertThat(failure(limited.request("echo", 1))).isInstanceOf(AckTimeoutException.class);
            assertThat(take(outcomes)).isEqualTo("completed");
            assertThat(outcomes).isEmpty();
        }
    }

    @Test
    void lesson15PendingAcknowledgementsHaveNoThreads() throws Exception {
        try (var client = node.client(Way.WEBSOCKET).build()) {
            connect(client);
            get(client.request("echo", 1));
            int before = Thread.activeCount();
            var pending = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < 50; i++) {
                pending.add(client.timeout(Duration.ofSeconds(60 + i)).request("never acknowledged", i));
            }
            get(client.request("echo", 1));
            assertThat(Thread.activeCount()).isLessThan(before + 5);
            assertThat(pending).noneMatch(CompletableFuture::isDone);
        }
    }

    @ParameterizedTest
    @CsvSource({"POLLING,leave", "WEBSOCKET,leave", "POLLING,close", "WEBSOCKET,close"})
    void lesson16TheJvmExitsAndNoThreadIsLeft(String transport, String end) throws Exception {
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        ClientProgram.class.getName(),
                        node.url(),
                        transport,
                        end)
                .redirectErrorStream(true)
                .start();
        try {
            var lines = program.inputReader().lines().toList();
            assertThat(program.waitFor(20, TimeUnit.SECONDS)).as("exits").isTrue();
            assertThat(lines).contains("connected");
            if (end.equals("close")) {
                assertThat(lines).contains("threads []");
            }
            assertThat(program.exitValue()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }

    @ParameterizedTest
    @EnumSource
    void lesson17TwentyMebibytesOfQueuedEventsArrive(Way way) throws Exception {
        try (var client = node.client(way).outboxBytes(32L << 20).build()) {
            for (int i = 0; i < 40; i++) {
                client.emit("add", new byte[512 << 10]);
            }
            connect(client);
            assertThat(get(client.request("total", int.class))).isEqualTo(20 << 20);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lesson23CredentialsAreAskedAnewAtEachReconnection(Way way) throws Exception {
        var asked = new AtomicInteger();
        try (var server = NodeServer.start();
                var client = server.client(way)
                        .reconnection(GoodServer.QUICK)
                        .auth(() -> Map.of("token", asked.incrementAndGet()))
                        .build()) {
            var connects = new LinkedBlockingQueue<String>();
            client.onConnect(() -> connects.add("connect"));
            connect(client);
            for (int i = 1; i < 4; i++) {
                take(connects);
                assertThat(get(client.request("auth")).value(0).raw().utf8()).isEqualTo("{\"token\":" + i + "}");
                server.run("close");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void alsoMoreThanFiveClientsPollTheSameHostWithOneHttpClient(Way way) throws Exception {
        var shared = HttpClient.newHttpClient();
        var clients = new ArrayList<SocketClient>();
        try {
            for (int i = 0; i < 12; i++) {
                clients.add(node.client(way).httpClient(shared).build());
            }
            for (var client : clients) {
                connect(client);
            }
            for (var client : clients) {
                assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
            }
        } finally {
            clients.forEach(SocketClient::close);
        }
    }

    @Test
    void alsoHandlersAreCalledOnceAfterReconnections() throws Exception {
        try (var server = NodeServer.start();
                var client = server.client(Way.WEBSOCKET)
                        .reconnection(GoodServer.QUICK)
                        .build()) {
            var heard = new LinkedBlockingQueue<Integer>();
            var connects = new LinkedBlockingQueue<String>();
            client.on("echo", Integer.class, heard::add).onConnect(() -> connects.add("connect"));
            connect(client);
            for (int i = 0; i < 3; i++) {
                take(connects);
                server.run("close");
            }
            take(connects);
            client.emit("echo", 1);
            client.emit("echo", 2);
            assertThat(List.of(take(heard), take(heard))).containsExactly(1, 2);
        }
    }

    @Test
    void alsoAHandlerMayWaitForAnAnswer() throws Exception {
        try (var client = node.client(Way.WEBSOCKET).build()) {
            var answers = new LinkedBlockingQueue<Integer>();
            client.on("question", args -> args.ack(get(client.request("echo", int.class, 7))));
            client.on("answer", Integer.class, answers::add);
            connect(client);
            client.emit("ask");
            assertThat(take(answers)).isEqualTo(7);
        }
    }

    @Test
    void alsoPrimitiveArraysAreArraysAndStringsStayStrings() throws Exception {
        try (var client = node.client(Way.WEBSOCKET).build()) {
            connect(client);
            var answer = get(client.request("echo", new int[] {1, 2}, Map.of("d", new double[] {0.5}), "[1]"));
            assertThat(answer.values())
                    .map(value -> value.raw().utf8())
                    .containsExactly("[1,2]", "{\"d\":[0.5]}", "\"[1]\"");
            assertThat(answer.get(0, int[].class)).containsExactly(1, 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void alsoRedirectsDoNotTakeHeadersElsewhere(Way way) throws Exception {
        try (var thief = ScriptedServer.before(good.port());
                var server = ScriptedServer.before(good.port())) {
            server.script(exchange ->
                    exchange.answer("307 Moved", "Location: " + thief.url() + "/socket.io/\r\n", new byte[0]));
            try (var client = GoodServer.client(server, way)
                    .header("Authorization", "Bearer s3cret")
                    .reconnection(Reconnection.NONE)
                    .build()) {
                assertThat(failure(client.connect()))
                        .isInstanceOfSatisfying(
                                ConnectFailedException.class,
                                failed -> assertThat(failed.reason()).isEqualTo(Reason.HTTP_STATUS));
            }
            assertThat(server.requests().element().headers()).containsEntry("authorization", "Bearer s3cret");
            assertThat(thief.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cve2016x10536CertificatesAndTheirNamesAreChecked(Way way, @TempDir Path directory) throws Exception {
        var otherHost = Certificate.create(directory, "dns:other.example");
        try (var server = ScriptedServer.over(otherHost.listen(), good.port())) {
            server.heal();
            var url = server.url().replace("http", "https");
            var builders = IntStream.range(0, 2)
                    .mapToObj(i -> way.set(SocketClient.builder(url)).reconnection(Reconnection.NONE))
                    .toList();
            builders.get(1).sslContext(otherHost.trusting());
            for (var builder : builders) {
                try (var client = builder.build()) {
                    assertThat(failure(client.connect()))
                            .isInstanceOfSatisfying(
                                    ConnectFailedException.class,
                                    failed -> assertThat(failed.reason())
                                            .as("%s", failed)
                                            .isEqualTo(Reason.TLS));
                }
            }
        }
    }
}
