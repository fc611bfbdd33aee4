package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sockeye.bytes.Bytes;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.json.JsonException;
import io.sockeye.json.Typed;
import io.sockeye.server.annotation.OnEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class TypedEventsIT {
    private static final Event<List<Line>> LINES = Event.of("lines", new TypeReference<>() {});

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private static final Event<Integer> NUMBER = Event.of("number", Integer.class);
    private static final Event<Void> END = Event.of("end");
    private static final TypeReference<List<Integer>> NUMBERS = new TypeReference<>() {};
    private static final Duration LONG = Duration.ofSeconds(10);

    record Line(String firstWord, Bytes data) {}

    @Test
    void genericTypesAndBinaryValuesGoBothWaysByTheUsersMapper() throws Exception {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        var server = servers.start(builder -> builder.json(mapper));
        server.onRequest(LINES, (socket, lines) -> lines.get(1));
        try (var client = WebSocketClient.join(server)) {
            client.send("452-1[\"lines\",[{\"first_word\":\"a\",\"data\":{\"_placeholder\":true,\"num\":0}},"
                    + "{\"first_word\":\"b\",\"data\":{\"_placeholder\":true,\"num\":1}}]]");
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[] {1, 2});
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[] {3, 4});
            assertThat(client.next())
                    .isEqualTo("461-1[{\"first_word\":\"b\",\"data\":{\"_placeholder\":true,\"num\":0}}]");
            assertThat(client.next()).isEqualTo("binary 0304");
        }
    }

    @Test
    void answersMayBeOfGenericTypesAndEventsWithoutAnArgument() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            var remote =
                    server.fetchSockets().get(10, TimeUnit.SECONDS).sockets().get(0);
            remote.emit(NUMBER, 7);
            remote.emit(END);
            assertThat(client.next()).isEqualTo("42[\"number\",7]");
            assertThat(client.next()).isEqualTo("42[\"end\"]");
            var lists = new ArrayList<CompletableFuture<List<Integer>>>();
            lists.add(answered(client, socket.request("x", NUMBERS, 1), "[\"x\",1]"));
            lists.add(answered(client, socket.timeout(LONG).request(NUMBER, NUMBERS, 7), "[\"number\",7]"));
            lists.add(answered(client, socket.request(END, NUMBERS), "[\"end\"]"));
            lists.add(answered(client, remote.request(LONG, "x", NUMBERS), "[\"x\"]"));
            for (var list : lists) {
                assertThat(list.get(10, TimeUnit.SECONDS)).containsExactly(1, 2);
            }
            var args = new ArrayList<CompletableFuture<Args>>();
            args.add(answered(client, socket.request(END, Args.class), "[\"end\"]"));
            args.add(answered(client, remote.request(LONG, END, Args.class), "[\"end\"]"));
            args.add(answered(client, remote.request(LONG, NUMBER, Args.class, 7), "[\"number\",7]"));
            for (var all : args) {
                assertThat(all.get(10, TimeUnit.SECONDS).size()).isOne();
            }
            var answers = answered(client, server.request(END), "[\"end\"]").get(10, TimeUnit.SECONDS);
            assertThat(answers.values()).hasSize(1);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Open.class, name = "open"))
    interface Question {}

    record Open(String text) implements Question {}

    private static final Event<List<Question>> QUESTIONS = Event.of("questions", new TypeReference<>() {});

    @Test
    void anEventIsWrittenAsItsTypeSays() throws Exception {
        var server = servers.start();
        List<Question> questions = List.of(new Open("why"));
        server.onRequest(QUESTIONS, (socket, asked) -> Typed.of(asked, new TypeReference<List<Question>>() {}));
        String event = "[\"questions\",[{\"kind\":\"open\",\"text\":\"why\"}]]";
        try (var client = WebSocketClient.join(server)) {
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            var remote =
                    server.fetchSockets().get(10, TimeUnit.SECONDS).sockets().get(0);
            socket.emit(QUESTIONS, questions);
            socket.asVolatile().emit(QUESTIONS, questions);
            server.emit(QUESTIONS, questions);
            server.except("nobody").emit(QUESTIONS, questions);
            remote.emit(QUESTIONS, questions);
            for (int i = 0; i < 5; i++) {
                assertThat(client.next()).isEqualTo("42" + event);
            }
            answered(client, socket.request(QUESTIONS, Args.class, questions), event);
            answered(client, socket.request(QUESTIONS, NUMBERS, questions), event);
            answered(client, remote.request(LONG, QUESTIONS, Args.class, questions), event);
            answered(client, server.request(QUESTIONS, questions), event);
            client.send("427" + event);
            assertThat(client.next()).isEqualTo("437[[{\"kind\":\"open\",\"text\":\"why\"}]]");
        }
    }

    record Place(double x, float y) {}

    @SuppressWarnings("UnusedMethod") // called by method handles
    static final class Places {
        @OnEvent("annotated")
        String annotated(double x, Place place) {
            return x + " " + place;
        }
    }

    @Test
    void whatIsNoNumberReachesHandlers() throws Exception {
        var server = servers.start();
        server.onRequest("place", Place.class, (socket, place) -> place);
        server.onRequest("x", double.class, (socket, x) -> String.valueOf(x));
        server.onRequest(Event.of("boxed", Double.class), (socket, x) -> String.valueOf(x));
        server.register(new Places());
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"place\",{\"x\":null,\"y\":null}]");
            assertThat(client.next()).isEqualTo("431[{\"x\":null,\"y\":null}]");
            client.send("422[\"x\",null]");
            assertThat(client.next()).isEqualTo("432[\"NaN\"]");
            client.send("423[\"boxed\",null]");
            assertThat(client.next()).isEqualTo("433[\"NaN\"]");
            client.send("424[\"annotated\",null,{\"x\":null}]");
            assertThat(client.next()).isEqualTo("434[\"NaN Place[x=NaN, y=0.0]\"]");
            var answer = server.localSockets().get(10, TimeUnit.SECONDS).get(0).request("where", Place.class);
            String packet = client.expect("42");
            client.send("43" + packet.substring(2, packet.indexOf('[')) + "[{\"x\":null,\"y\":null}]");
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(new Place(Double.NaN, Float.NaN));
        }
    }

    @Test
    void aBareNullIsOneArgument() throws Exception {
        var server = servers.start();
        server.on("ask", (socket, args) -> args.ack((Object[]) null));
        try (var client = WebSocketClient.join(server)) {
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            var remote =
                    server.fetchSockets().get(10, TimeUnit.SECONDS).sockets().get(0);
            socket.emit("n", (Object[]) null);
            socket.asVolatile().emit("n", (Object[]) null);
            remote.emit("n", (Object[]) null);
            server.emit("n", (Object[]) null);
            server.of("/").to(socket.id()).emit("n", (Object[]) null);
            server.serverSideEmit("n", (Object[]) null);
            server.serverSideRequest(LONG, "n", (Object[]) null);
            for (int i = 0; i < 5; i++) {
                assertThat(client.next()).isEqualTo("42[\"n\",null]");
            }
            answered(client, socket.request("n", Args.class, (Object[]) null), "[\"n\",null]");
            answered(client, socket.request("n", NUMBERS, (Object[]) null), "[\"n\",null]");
            answered(client, remote.request(LONG, "n", Args.class, (Object[]) null), "[\"n\",null]");
            answered(client, remote.request(LONG, "n", NUMBERS, (Object[]) null), "[\"n\",null]");
            answered(client, server.request("n", (Object[]) null), "[\"n\",null]");
            client.send("427[\"ask\"]");
            assertThat(client.next()).isEqualTo("437[null]");
        }
    }

    private static <T> T answered(WebSocketClient client, T asked, String event) throws Exception {
        String packet = client.next();
        assertThat(packet).startsWith("42").endsWith(event);
        client.send("43" + packet.substring(2, packet.indexOf('[')) + "[[1,2]]");
        return asked;
    }

    @Test
    void aGenericAnswerThatDoesNotFitOrDoesNotComeFailsAsAnyOther() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            var wrong = answered(client, socket.request("x", new TypeReference<List<Line>>() {}), "[\"x\"]");
            assertThat(failure(wrong)).isInstanceOf(JsonException.class);
            var late = socket.timeout(Duration.ofMillis(20)).request("x", NUMBERS);
            assertThat(failure(late)).isInstanceOf(AckTimeoutException.class);
        }
    }

    @Test
    void anOptionalAnswerMayBeMissingOrNull() throws Exception {
        var server = servers.start();
        var optional = new TypeReference<Optional<Integer>>() {};
        try (var client = WebSocketClient.join(server)) {
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            for (var answer : List.of("[]", "[null]")) {
                var number = socket.request("x", optional);
                String packet = client.expect("42");
                client.send("43" + packet.substring(2, packet.indexOf('[')) + answer);
                assertThat(number.get(10, TimeUnit.SECONDS)).isEmpty();
            }
        }
    }

    /** As {@code whenComplete} tells it. */
    private static Throwable failure(CompletableFuture<?> future) throws Exception {
        return future.handle((value, failure) -> failure).get(10, TimeUnit.SECONDS);
    }
}
