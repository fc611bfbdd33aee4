package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.core.type.TypeReference;

/** A socket by its id, events and answers of any type. */
@Timeout(30)
class FindingIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void aSocketIsFoundByItsIdAsLongAsItIsThere() throws Exception {
        var server = servers.start();
        server.onConnection(
                socket -> notes.add("connected " + server.socket(socket.id()).isPresent()));
        server.onDisconnect((socket, reason) ->
                notes.add("disconnected " + server.socket(socket.id()).isPresent()));
        try (var client = WebSocketClient.join(server)) {
            assertThat(notes.next()).isEqualTo("connected true");
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            assertThat(server.socket(socket.id())).containsSame(socket);
            assertThat(server.of("/").socket(socket.id())).containsSame(socket);
            assertThat(server.of("/other").socket(socket.id())).isEmpty();
            assertThat(server.socket("nobody")).isEmpty();
            client.send("41");
            assertThat(notes.next()).isEqualTo("disconnected false");
        }
    }

    @Test
    void aSocketThatComesBackIsAnother() throws Exception {
        var server = servers.start(
                builder -> builder.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(2))));
        server.onDisconnect((socket, reason) ->
                notes.add("away " + server.socket(socket.id()).isPresent()));
        var away = WebSocketClient.open(server);
        away.send("40");
        var welcome = away.expect("40{");
        server.emit("news");
        var news = away.next();
        var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
        away.close();
        assertThat(notes.next()).isEqualTo("away false");
        try (var client = WebSocketClient.open(server)) {
            var pid = welcome.replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
            var offset = news.replaceAll(".*\"([^\"]+)\"]", "$1");
            client.send("40{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
            client.expect("40{\"sid\":\"" + socket.id() + "\"");
            assertThat(server.socket(socket.id())).get().isNotSameAs(socket);
        }
    }

    @Test
    void aRequestWithoutATypeIsAnsweredByAllValues() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            var answer = socket.request("two?", 1);
            assertThat(client.next()).isEqualTo("420[\"two?\",1]");
            client.send("430[\"a\",2]");
            assertThat(answer.get(10, TimeUnit.SECONDS).values()).hasToString("[STRING \"a\", NUMBER 2]");
        }
    }

    @Test
    void handlersTakeGenericTypes() throws Exception {
        var server = servers.start();
        var lines = new TypeReference<List<List<Integer>>>() {};
        server.on(
                "on", lines, (socket, values) -> socket.emit("on", values.get(1).get(0)));
        server.prepend("on", lines, (socket, values) -> socket.emit("first", values.size()));
        server.onRequest("request", lines, (socket, values) -> values.get(0));
        server.onConnection(socket -> socket.once(
                "once", lines, (s, values) -> s.emit("once", values.get(0).get(0))));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"on\",[[1],[2]]]");
            assertThat(client.next()).isEqualTo("42[\"first\",2]");
            assertThat(client.next()).isEqualTo("42[\"on\",2]");
            client.send("42[\"once\",[[3]]]");
            client.send("42[\"once\",[[4]]]");
            client.send("421[\"request\",[[5,6]]]");
            assertThat(client.next()).isEqualTo("42[\"once\",3]");
            assertThat(client.next()).isEqualTo("431[[5,6]]");
        }
    }
}
