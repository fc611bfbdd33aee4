package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.event.Ack;
import io.sockeye.server.annotation.OnConnect;
import io.sockeye.server.annotation.OnDisconnect;
import io.sockeye.server.annotation.OnEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The annotated methods of a plain object over real sockets. */
@Timeout(30)
class AnnotatedIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    record Line(String text) {}

    @SuppressWarnings("UnusedMethod") // called by method handles
    private final class Lobby {
        @OnConnect
        private void arrived(Socket socket) {
            socket.join("lobby");
            socket.emit("welcome");
        }

        @OnEvent("say")
        private int say(Socket socket, List<Line> lines) {
            socket.namespace().to("lobby").emit("said", lines.get(0).text());
            return lines.size();
        }

        @OnEvent("later")
        private CompletableFuture<Line> later(String text) {
            return CompletableFuture.supplyAsync(() -> new Line(text));
        }

        @OnEvent("binary")
        private void binary(byte[] data, Ack ack) {
            ack.send(data.length, new byte[] {data[0]});
        }

        @OnEvent("fail")
        private void fail() {
            throw new IllegalStateException("oops");
        }

        @OnDisconnect
        private void left(DisconnectReason reason) {
            notes.add(reason.text());
        }
    }

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.onError((error, where) ->
                notes.add(where.replaceAll("socket [A-Za-z0-9_-]{20}", "socket S") + ": " + error.getMessage())));
        server.register(new Lobby());
        server.of("/other").register(new Lobby());
    }

    @Test
    void handleEventsAndAcknowledgeThem() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            assertThat(client.next()).isEqualTo("42[\"welcome\"]");
            client.send("421[\"say\",[{\"text\":\"hello\"},{\"text\":\"there\"}]]");
            assertThat(client.next()).isEqualTo("42[\"said\",\"hello\"]");
            assertThat(client.next()).isEqualTo("431[2]");
            client.send("422[\"later\",\"soon\"]");
            assertThat(client.next()).isEqualTo("432[{\"text\":\"soon\"}]");
            client.send("451-3[\"binary\",{\"_placeholder\":true,\"num\":0}]");
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[] {5, 6, 7});
            assertThat(client.next()).isEqualTo("461-3[3,{\"_placeholder\":true,\"num\":0}]");
            assertThat(client.next()).isEqualTo("binary 05");
            client.send("41");
            assertThat(notes.next()).isEqualTo("client namespace disconnect");
        }
    }

    @Test
    void belongToTheNamespaceThatTheyWereRegisteredIn() throws Exception {
        try (var client = WebSocketClient.open(server)) {
            client.join("/other,");
            assertThat(client.next()).isEqualTo("42/other,[\"welcome\"]");
            client.send("42/other,7[\"say\",[{\"text\":\"hello\"}]]");
            assertThat(client.next()).isEqualTo("42/other,[\"said\",\"hello\"]");
            assertThat(client.next()).isEqualTo("43/other,7[1]");
        }
    }

    @Test
    void tellTheErrorHandlerWhatTheyThrowAndWhatDoesNotFit() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.expect("42[\"welcome\"]");
            client.send("421[\"fail\"]");
            assertThat(notes.next()).isEqualTo("handler of event 'fail' of socket S: oops");
            client.send("422[\"say\"]");
            assertThat(notes.next()).isEqualTo("handler of event 'say' of socket S: argument 0 of 0");
            assertThat(client.next()).isEqualTo("432[{\"error\":{\"message\":\"unexpected arguments\"}}]");
            client.send("423[\"later\",\"alive\"]");
            assertThat(client.next()).isEqualTo("433[{\"text\":\"alive\"}]");
        }
    }
}
