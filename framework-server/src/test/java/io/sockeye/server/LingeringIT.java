package io.sockeye.server;

import static io.sockeye.server.WebSocketClient.BINARY;
import static io.sockeye.server.WebSocketClient.FIN;
import static io.sockeye.server.WebSocketClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that sends more than it may reads why it is refused: the answer is not lost in a reset. */
@Timeout(60)
class LingeringIT {
    private static final int LIMIT = 100_000;
    /** More than the systems' buffers hold. */
    private static final int MUCH = 12 << 20;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    private SocketServer start(IoTransport transport) {
        var server = servers.start(builder -> builder.maxPayload(LIMIT).ioTransport(transport));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        return server;
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "NIO"})
    void aMessageOverTheLimitIsReadInFullAndAnswered(IoTransport transport) throws Exception {
        var server = start(transport);
        for (int i = 0; i < 5; i++) {
            try (var client = WebSocketClient.join(server)) {
                client.frame(FIN | TEXT, ("4" + "x".repeat(MUCH)).getBytes(UTF_8));
                assertThat(client.next()).isEqualTo("close 1009");
                assertEnd(client.wire());
                assertThat(notes.next()).isEqualTo("transport error");
            }
        }
    }

    @Test
    void soIsOneThatBreaksTheProtocolAndGoesOn() throws Exception {
        var server = start(IoTransport.AUTO);
        try (var client = WebSocketClient.join(server)) {
            client.unmaskedFrame(FIN | BINARY, new byte[MUCH]);
            assertThat(client.next()).isEqualTo("close 1002");
            assertEnd(client.wire());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-alive", "close"})
    void aBodyOverTheLimitIsReadInFullAndAnswered(String connection) throws Exception {
        var server = start(IoTransport.AUTO);
        for (int i = 0; i < 5; i++) {
            try (var client = PollingClient.join(server)) {
                var reply = client.up().post(client.target(), "4" + "x".repeat(MUCH), "Connection: " + connection);
                assertThat(reply.status()).isEqualTo(413);
                if (connection.equals("close")) {
                    assertEnd(client.up());
                }
                server.emit("alive");
                client.expect("42[\"alive\"]");
            }
        }
    }

    @Test
    void aRequestThatIsNoneIsAnsweredToo() throws Exception {
        try (var wire = Wire.to(start(IoTransport.AUTO))) {
            wire.send("no request at all\r\n\r\n" + "x".repeat(MUCH));
            assertThat(wire.reply().status()).isEqualTo(400);
            assertEnd(wire);
        }
    }

    @Test
    void aRequestBehindTheLastOneHoldsUpNothing() throws Exception {
        try (var wire = Wire.to(start(IoTransport.AUTO))) {
            wire.send(
                    "GET /socket.io/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(wire.reply().status()).isEqualTo(400);
            wire.send("x".repeat(MUCH));
            assertEnd(wire);
        }
    }

    @Test
    void whoNeverStopsIsCutOff() throws Exception {
        try (var client = WebSocketClient.join(start(IoTransport.AUTO))) {
            var chunk = new byte[1 << 20];
            client.wire().send(WebSocketClient.encode(FIN | BINARY, new byte[LIMIT + 1], true));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            client.wire().send(chunk);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private static void assertEnd(Wire wire) {
        assertThatThrownBy(wire::readByte).isInstanceOf(java.io.EOFException.class);
    }
}
