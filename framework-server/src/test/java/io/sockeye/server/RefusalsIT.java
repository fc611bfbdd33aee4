package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.Args;
import io.sockeye.event.Rejection;
import io.sockeye.server.annotation.OnEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody waits for ever for the answer to a request that was refused or failed. */
@Timeout(30)
class RefusalsIT {
    private static final String INTERNAL_ERROR = "[{\"error\":{\"message\":\"internal error\"}}]";
    private static final String TAKEN = "[{\"error\":{\"message\":\"taken\",\"data\":{\"try\":\"Ada2\"}}}]";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes errors = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(
                builder -> builder.onError((error, where) -> errors.add(String.valueOf(error.getMessage()))));
    }

    private static Rejection taken() {
        return new Rejection("taken", Map.of("try", "Ada2"));
    }

    private void answers(String event, String answer) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("421" + event);
            assertThat(client.next()).isEqualTo("431" + answer);
        }
    }

    /** What an event of another client was does not make this client's arguments unexpected. */
    @Test
    void argumentsOfAnotherEventThatDoNotFitAreNotBlamedOnThisOne() throws Exception {
        var kept = new CompletableFuture<Args>();
        server.on("keep", (socket, args) -> kept.complete(args));
        server.onRequest("read", Integer.class, (socket, index) -> kept.get().get(index, int.class));
        server.onRequest(
                "copy",
                Integer.class,
                (socket, index) -> kept.get().value(index).copy().as(int.class));
        try (var other = WebSocketClient.join(server)) {
            other.send("42[\"keep\",\"text\",7]");
            answers("[\"read\",1]", "[7]");
            for (var wrong : List.of("[\"read\",0]", "[\"read\",5]", "[\"copy\",0]")) {
                answers(wrong, INTERNAL_ERROR);
                assertThat(errors.next()).startsWith(wrong.equals("[\"copy\",0]") ? "STRING " : "argument ");
            }
            answers("[\"read\",\"text\"]", "[{\"error\":{\"message\":\"unexpected arguments\"}}]");
            errors.next();
        }
    }

    @Test
    void whatAHandlerThrowsAsARejectionIsTheAnswer() throws Exception {
        server.onRequest("request", String.class, (socket, name) -> {
            throw taken();
        });
        server.on("event", (socket, args) -> {
            throw taken();
        });
        server.on("typed", String.class, (socket, name) -> {
            throw taken();
        });
        server.onRequest("stage", String.class, (socket, name) -> CompletableFuture.failedFuture(taken()));
        server.onRequest(
                "later",
                String.class,
                (socket, name) -> CompletableFuture.supplyAsync(() -> {
                            throw taken();
                        })
                        .thenApply(value -> value));
        server.onRequest(
                "awaited",
                String.class,
                (socket, name) -> CompletableFuture.failedFuture(taken()).get());
        server.register(new Object() {
            @OnEvent("annotated")
            @SuppressWarnings("UnusedMethod")
            String annotated() {
                throw taken();
            }

            @OnEvent("annotated void")
            @SuppressWarnings("UnusedMethod")
            void nothing() {
                throw taken();
            }
        });
        for (var name :
                List.of("request", "event", "typed", "stage", "later", "awaited", "annotated", "annotated void")) {
            answers("[\"" + name + "\",\"Ada\"]", TAKEN);
        }
        assertThat(errors.isEmpty()).isTrue();
    }

    @Test
    void anEventThatIsRefusedInARequestHandlerIsAnsweredSo() throws Exception {
        server.onRequest("request", String.class, (socket, name) -> {
            throw new EventRefused("taken", Map.of("try", "Ada2"));
        });
        server.onRequest(
                "later",
                String.class,
                (socket, name) -> CompletableFuture.failedFuture(new EventRefused("taken", Map.of("try", "Ada2"))));
        answers("[\"request\",\"Ada\"]", TAKEN);
        answers("[\"later\",\"Ada\"]", TAKEN);
        assertThat(errors.isEmpty()).isTrue();
    }

    @Test
    void aRejectionThatIsAcknowledgedOrReturnedIsSentAsOne() throws Exception {
        server.on("acked", (socket, args) -> args.ack(taken()));
        server.onRequest("returned", String.class, (socket, name) -> taken());
        server.onRequest("later", String.class, (socket, name) -> CompletableFuture.completedFuture(taken()));
        for (var name : List.of("acked", "returned", "later")) {
            answers("[\"" + name + "\",\"Ada\"]", TAKEN);
        }
        assertThat(errors.isEmpty()).isTrue();
    }

    @Test
    void catchAllHandlersMayRefuseToo() throws Exception {
        server.onAny((socket, event, args) -> {
            throw taken();
        });
        answers("[\"event\"]", TAKEN);
        assertThat(errors.isEmpty()).isTrue();
    }

    @Test
    void aRefusalWhereNobodyAsksForAnythingIsReported() throws Exception {
        server.onConnection(socket -> {
            throw new Rejection("nobody is told of this");
        });
        var client = WebSocketClient.join(server);
        assertThat(errors.next()).isEqualTo("nobody is told of this");
        client.close();
    }

    @Test
    void aRejectionThatNobodyAskedForIsForgotten() throws Exception {
        server.on("event", (socket, args) -> {
            throw taken();
        });
        server.on("acked", (socket, args) -> {
            args.ack("fine");
            throw taken();
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"event\"]");
            client.send("421[\"acked\"]");
            assertThat(client.next()).isEqualTo("431[\"fine\"]");
        }
        assertThat(errors.isEmpty()).isTrue();
    }

    @Test
    void aFailedRequestIsReportedAndAnsweredWithoutItsText() throws Exception {
        server.onRequest("fails", String.class, (socket, text) -> {
            throw new IllegalStateException("secret " + text);
        });
        server.onRequest(
                "later",
                String.class,
                (socket, text) -> CompletableFuture.failedFuture(new IllegalStateException("secret " + text)));
        server.onRequest("loop", String.class, (socket, text) -> loop());
        server.onRequest("later loop", String.class, (socket, text) -> CompletableFuture.completedFuture(loop()));
        server.onRequest("bad rejection", String.class, (socket, text) -> {
            throw new Rejection("no", loop());
        });
        answers("[\"fails\",\"x\"]", INTERNAL_ERROR);
        assertThat(errors.next()).isEqualTo("secret x");
        answers("[\"later\",\"x\"]", INTERNAL_ERROR);
        assertThat(errors.next()).isEqualTo("secret x");
        for (var event : List.of("loop", "later loop", "bad rejection")) {
            answers("[\"" + event + "\",\"x\"]", INTERNAL_ERROR);
            assertThat(errors.next()).isNotBlank();
        }
        assertThat(errors.isEmpty()).isTrue();
    }

    private static List<Object> loop() {
        var list = new ArrayList<Object>();
        list.add(list);
        return list;
    }

    @Test
    void argumentsThatDoNotFitAreAnsweredAsSuch() throws Exception {
        server.onRequest("sum", Integer.class, (socket, number) -> number + 1);
        server.register(new Object() {
            @OnEvent("annotated")
            @SuppressWarnings("UnusedMethod")
            int annotated(int number) {
                return number;
            }
        });
        for (var event : List.of("[\"sum\",\"x\"]", "[\"sum\"]", "[\"sum\",null]", "[\"annotated\",\"x\"]")) {
            answers(event, "[{\"error\":{\"message\":\"unexpected arguments\"}}]");
        }
    }

    @Test
    void theUserDecidesAboutTheAnswer() throws Exception {
        server = servers.start(builder -> builder.onError((error, where) -> errors.add("reported"))
                .onRequestError((socket, event, error) -> {
                    if (event.equals("throws")) {
                        throw new Rejection("thrown", 1);
                    }
                    if (event.equals("breaks")) {
                        throw new IllegalStateException("oops");
                    }
                    if (event.equals("silent")) {
                        return RequestErrorHandler.NO_ANSWER;
                    }
                    return error instanceof TimeoutException ? new Rejection("try again") : event + ": " + error;
                }));
        for (var event : List.of("timeout", "value", "throws", "breaks", "silent")) {
            server.onRequest(
                    event,
                    String.class,
                    (socket, text) -> CompletableFuture.supplyAsync(() -> {
                        throw new CompletionException(
                                event.equals("timeout") ? new TimeoutException() : new IllegalStateException(text));
                    }));
        }
        server.on("echo", (socket, args) -> args.ack("echo"));
        answers("[\"timeout\",\"x\"]", "[{\"error\":{\"message\":\"try again\"}}]");
        answers("[\"value\",\"x\"]", "[\"value: java.lang.IllegalStateException: x\"]");
        answers("[\"throws\",\"x\"]", "[{\"error\":{\"message\":\"thrown\",\"data\":1}}]");
        answers("[\"breaks\",\"x\"]", INTERNAL_ERROR);
        assertThat(errors.next(5)).containsOnly("reported");
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"silent\",\"x\"]");
            assertThat(errors.next()).isEqualTo("reported");
            client.send("422[\"echo\"]");
            assertThat(client.next()).isEqualTo("432[\"echo\"]");
        }
    }

    @Test
    void aRefusedEventIsAnsweredOnceWithItsData() throws Exception {
        server.onRequest("ban", String.class, (socket, name) -> name);
        server.onConnection(socket -> socket.use((who, event, args) -> {
            throw new EventRefused("not yet", List.of(event));
        }));
        answers("[\"ban\",\"ada\"]", "[{\"error\":{\"message\":\"not yet\",\"data\":[\"ban\"]}}]");
        assertThat(errors.isEmpty()).isTrue();
    }

    @Test
    void aRejectionRefusesTheNamespaceToo() throws Exception {
        server.of("/admin").use(context -> {
            throw taken();
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("40/admin,");
            assertThat(client.next()).isEqualTo("44/admin,{\"message\":\"taken\",\"data\":{\"try\":\"Ada2\"}}");
        }
        assertThat(errors.isEmpty()).isTrue();
    }

    @Test
    void aClientMayRejectWhatItIsAsked() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            var remote =
                    server.fetchSockets().get(10, TimeUnit.SECONDS).sockets().get(0);
            rejects(client, socket.request("name?", String.class), 0);
            rejects(client, socket.request("name?", Args.class), 1);
            rejects(client, socket.request("name?", Void.class), 2);
            rejects(client, remote.request(Duration.ofSeconds(10), "name?", String.class), 3);
            var everybody = server.timeout(Duration.ofSeconds(10)).request("name?");
            assertThat(client.next()).isEqualTo("424[\"name?\"]");
            client.send("434" + TAKEN);
            var answers = everybody.get(10, TimeUnit.SECONDS);
            assertThat(answers.values()).isEmpty();
            assertThat(answers.complete()).isTrue();
            assertThat(answers.rejections()).extracting(Rejection::getMessage).containsExactly("taken");
        }
    }

    private static void rejects(WebSocketClient client, CompletableFuture<?> answer, int id) throws Exception {
        assertThat(client.next()).isEqualTo("42" + id + "[\"name?\"]");
        client.send("43" + id + TAKEN);
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(Rejection.class, it -> {
                    assertThat(it).hasMessage("taken");
                    assertThat(it.data(Map.class)).contains(Map.of("try", "Ada2"));
                });
    }
}
