package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.json.Json;
import io.sockeye.msgpack.MsgpackParser;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketPacket;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All limits that come from the size of messages follow {@code maxPayload}. */
@Timeout(120)
class LargeMessagesIT {
    private static final int BYTES = 10_000_001;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private SocketServer start(boolean msgpack) {
        var parser = msgpack ? new MsgpackParser() : Parser.standard();
        var server = servers.start(builder -> builder.maxPayload(64 << 20).parser(parser));
        server.on("bytes", (socket, args) -> args.ack(args.get(0, byte[].class).length));
        server.on("text", (socket, args) -> args.ack(args.get(0, String.class).length()));
        server.on("numbers", (socket, args) -> args.ack(args.get(0, int[].class).length));
        server.on("all", (socket, args) -> args.ack(args.size()));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        return server;
    }

    @Test
    void asJsonOverWebSocket() throws Exception {
        try (var client = WebSocketClient.join(start(false))) {
            client.send("451-1[\"bytes\",{\"_placeholder\":true,\"num\":0}]");
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[BYTES]);
            assertThat(client.next()).isEqualTo("431[" + BYTES + "]");
            client.send("422[\"text\",\"" + "x".repeat(BYTES) + "\"]");
            assertThat(client.next()).isEqualTo("432[" + BYTES + "]");
            client.send("423[\"text\",\"" + "\\n".repeat(20_000_000) + "\"]");
            assertThat(client.next()).isEqualTo("433[20000000]");
            client.send("424[\"numbers\",[1" + ",2".repeat(999_999) + "]]");
            assertThat(client.next()).isEqualTo("434[1000000]");
            client.send("425[\"all\"" + ",[]".repeat(1_000_000) + "]");
            assertThat(client.next()).isEqualTo("435[1000000]");
            client.send("452-6[\"all\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[BYTES]);
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[BYTES]);
            assertThat(client.next()).isEqualTo("436[2]");
        }
    }

    @Test
    void whatIsLongComesBack() throws Exception {
        try (var client = WebSocketClient.join(start(false))) {
            String text = "\"" + "x".repeat(40_000_000) + "\"";
            client.send("421[\"echo\"," + text + "]");
            assertThat(client.next()).isEqualTo("431[" + text + "]");
        }
    }

    @Test
    void asBase64OverPolling() throws Exception {
        var client = PollingClient.join(start(false));
        var base64 = Base64.getEncoder().encodeToString(new byte[BYTES]);
        client.post("451-1[\"bytes\",{\"_placeholder\":true,\"num\":0}]\u001eb" + base64);
        assertThat(client.next()).isEqualTo("431[" + BYTES + "]");
        client.post("42[\"x\"]" + "\u001e42[\"x\"]".repeat(200_000) + "\u001e422[\"text\",\"end\"]");
        assertThat(client.next()).isEqualTo("432[3]");
    }

    @Test
    void asMessagePack() throws Exception {
        try (var client = WebSocketClient.open(start(true))) {
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, message(new SocketPacket.Connect("/", null)));
            client.expect("binary");
            Object[][] all = {{"bytes", new byte[BYTES]}, {"text", "ü".repeat(BYTES)}, {"numbers", new int[1_000_000]}};
            for (Object[] each : all) {
                var event = new SocketPacket.Event("/", 1, Json.standard().array(Arrays.asList(each)));
                client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, message(event));
                int size = each[1] instanceof int[] ? 1_000_000 : BYTES;
                var answer = new SocketPacket.Ack("/", 1, Json.standard().array(size));
                assertThat(client.nextFrame().payload().toByteArray()).isEqualTo(message(answer));
            }
        }
    }

    private static byte[] message(SocketPacket packet) {
        EnginePacket message = new MsgpackParser().encode(packet).get(0);
        return message.data().toByteArray();
    }
}
