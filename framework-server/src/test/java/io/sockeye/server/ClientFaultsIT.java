package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.event.Event;
import io.sockeye.server.annotation.OnEvent;
import io.sockeye.server.internal.handlers.Blame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

/** Whatever a client sends to usual handlers, it is no more than debug in the log: it could fill it. */
@Timeout(30)
class ClientFaultsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    record Line(String author, int size) {}

    record Token(String value) {}

    @SuppressWarnings("UnusedMethod") // called by method handles
    private static final class Lobby {
        @OnEvent("receipt")
        int receipt(List<Line> lines, Optional<String> room) {
            return lines.size() + room.orElse("lobby").length();
        }

        @OnEvent("length")
        int length(String text) {
            return text.length();
        }
    }

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.onError((error, where) ->
                notes.add((Blame.isOfClient(error) ? "client: " : "server: ") + where + ": " + error)));
        server.on(
                "say",
                Line.class,
                (socket, line) -> socket.emit("said", line.author().length()));
        server.on("text", String.class, (socket, text) -> socket.emit("said", text.length()));
        server.on("lines", new TypeReference<List<Line>>() {}, (socket, lines) -> socket.emit("said", lines.size()));
        server.on(Event.of("number", Integer.class), (socket, number) -> socket.emit("said", number + 1));
        server.on("fifth", (socket, args) -> args.ack(args.get(5, int.class)));
        server.on("move", (socket, args) -> {
            int x = args.get(0, int.class);
            List<String> path = args.get(1, new TypeReference<List<String>>() {});
            args.ack(x, path.size());
        });
        server.on("value", (socket, args) -> args.ack(args.value(3)));
        server.onRequest("sum", Line.class, (socket, line) -> line.size() + 1);
        server.on(
                "ask",
                (socket, args) -> socket.timeout(Duration.ofSeconds(10))
                        .request("ready?", Integer.class)
                        .get());
        server.register(new Lobby());
        server.on("end", (socket, args) -> notes.add("end"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"say\"",
                "\"say\",null",
                "\"say\",7",
                "\"say\",[]",
                "\"say\",\"text\"",
                "\"say\",{\"author\":{},\"size\":1}",
                "\"say\",{\"author\":\"a\",\"size\":99999999999999999999}",
                "\"say\",{\"author\":\"a\",\"size\":1e999999999}",
                "\"say\",{\"author\":\"a\",\"size\":1,\"unknown\":[[[[]]]]}",
                "\"text\",null",
                "\"text\",{}",
                "\"text\"",
                "\"lines\",null",
                "\"lines\",[7]",
                "\"number\",null",
                "\"number\",1e400",
                "\"number\",\"NaN\"",
                "\"fifth\",1",
                "\"move\"",
                "\"move\",null,null",
                "\"move\",1,{\"a\":[]}",
                "\"value\"",
                "\"sum\",null",
                "\"receipt\"",
                "\"receipt\",null",
                "\"receipt\",[],7.5,[]",
                "\"receipt\",[],{}",
                "\"length\",null",
                "\"length\""
            })
    void isReportedAsTheClients(String event) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("42[" + event + "]");
            client.send("42[\"end\"]");
            var note = notes.next();
            while (!note.equals("end")) {
                assertThat(note).startsWith("client: ");
                note = notes.next();
            }
        }
    }

    @Test
    void deepJsonToo() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            for (var event : List.of("say", "lines", "text", "receipt")) {
                client.send("42[\"" + event + "\"," + "[".repeat(500) + "]".repeat(500) + "]");
            }
            client.send("42[\"end\"]");
            assertThat(notes.next(5)).allMatch(note -> note.startsWith("client: ") || note.equals("end"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"say", "text", "lines", "number", "sum", "receipt", "length", "move"})
    void binaryInsteadOfText(String event) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("451-[\"" + event + "\",{\"_placeholder\":true,\"num\":0}]");
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[] {1, 2});
            client.send("42[\"end\"]");
            assertThat(notes.next()).startsWith("client: ");
            assertThat(notes.next()).isEqualTo("end");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"text\"]", "[]", "[{}]", "[null]"})
    void anAnswerThatDoesNotFit(String answer) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"ask\"]");
            assertThat(client.next()).isEqualTo("420[\"ready?\"]");
            client.send("430" + answer);
            client.send("42[\"end\"]");
            var note = notes.next();
            assertThat(note)
                    .satisfiesAnyOf(
                            it -> assertThat(it).startsWith("client: "),
                            it -> assertThat(it).isEqualTo("end"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "whole", "all"})
    void anAnswerThatDoesNotFitIsNotTheFaultOfWhoeverMadeTheServerAsk(String how) throws Exception {
        server.onConnection(socket -> {
            socket.join("players");
            socket.emit("joined");
        });
        server.onRequest("play", String.class, (socket, move) -> {
            var others = socket.to("players");
            if (how.equals("all")) {
                var answers =
                        others.timeout(Duration.ofSeconds(10)).request("yours?").get();
                return answers.values().get(0).get(0, int.class);
            }
            var other = others.localSockets().get().get(0).timeout(Duration.ofSeconds(10));
            return how.equals("one")
                    ? other.request("yours?", Integer.class).get()
                    : other.request("yours?").get().get(0, int.class);
        });
        try (var other = WebSocketClient.join(server);
                var client = WebSocketClient.join(server)) {
            assertThat(other.next()).isEqualTo("42[\"joined\"]");
            assertThat(client.next()).isEqualTo("42[\"joined\"]");
            client.send("427[\"play\",\"e4\"]");
            var question = other.next();
            assertThat(question).endsWith("[\"yours?\"]");
            other.send("43" + question.substring(2, question.indexOf('[')) + "[\"no number\"]");
            assertThat(client.next()).isEqualTo("437[{\"error\":{\"message\":\"internal error\"}}]");
            assertThat(notes.next()).startsWith("client: handler of event 'play' of socket ");
            client.send("428[\"play\",{}]");
            assertThat(client.next()).isEqualTo("438[{\"error\":{\"message\":\"unexpected arguments\"}}]");
        }
    }

    @Test
    void anAnswerThatNeverComes() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"ask\"]");
            assertThat(client.next()).isEqualTo("420[\"ready?\"]");
        }
        assertThat(notes.next()).startsWith("client: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"value\":[]}", "{\"value\":{\"deep\":1}}"})
    void credentialsOfAnotherShape(String auth) throws Exception {
        server.of("/admin").use(context -> {
            if (!"s3cret".equals(context.auth(Token.class).value())) {
                throw new ConnectionRefused("not authorized");
            }
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("40/admin," + auth);
            assertThat(client.next()).isEqualTo("44/admin,{\"message\":\"connection refused\"}");
        }
        assertThat(notes.next()).startsWith("client: middleware of namespace /admin: ");
    }

    @Test
    void credentialsThatAConnectionHandlerReads() throws Exception {
        server.onConnection(socket -> socket.handshake().auth(Line.class).size());
        try (var client = WebSocketClient.open(server)) {
            client.send("40{\"size\":\"many\"}");
            client.expect("40{");
            assertThat(notes.next()).startsWith("client: connection handler of socket ");
        }
    }

    @Test
    void refusedEventsAreNotReportedAtAll() throws Exception {
        server.useForEvents((socket, event, args) -> {
            if (event.startsWith("admin:")) {
                throw new EventRefused("not an admin");
            }
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"admin:ban\",\"ada\"]");
            client.send("427[\"admin:ban\",\"ada\"]");
            client.send("42[\"end\"]");
            assertThat(client.next()).isEqualTo("437[{\"error\":{\"message\":\"not an admin\"}}]");
            assertThat(notes.next()).isEqualTo("end");
        }
    }
}
