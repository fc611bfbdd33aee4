package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.engine.MemoryChannel;
import io.sockeye.server.internal.engine.MemoryHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent to many goes on when one of them cannot be sent it, who is disconnected. */
class FailingRecipientTest {
    private final MemoryHost host = new MemoryHost(1);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        host.shutDown(Duration.ZERO);
    }

    private MemoryChannel opened() throws Exception {
        var channel = host.webSocket(0, "/socket.io/?EIO=4&transport=websocket");
        assertThat(channel.take()).startsWith("0{");
        return channel;
    }

    private List<MemoryChannel> joined(int count) throws Exception {
        var channels = new ArrayList<MemoryChannel>();
        for (int i = 0; i < count; i++) {
            var channel = opened();
            channel.send("40");
            assertThat(channel.take()).startsWith("40{");
            channel.send("42[\"ready\"]");
            assertThat(channel.take()).startsWith("42[\"ready\"");
            channels.add(channel);
        }
        return channels;
    }

    private void endsOnlyTheOneThatFails(SocketServerBuilder settings) throws Exception {
        var server = settings.handlersOnEventLoop().build();
        server.onDisconnect((socket, reason) -> told.add(reason.text()));
        server.onConnection(socket -> socket.join("all"));
        server.on("ready", (socket, args) -> socket.emit("ready"));
        server.attach(host);
        var channels = joined(3);
        channels.get(1).fail();
        server.to("all").emit("n", 1);
        assertThat(channels.get(0).take()).startsWith("42[\"n\",1");
        assertThat(channels.get(2).take()).startsWith("42[\"n\",1");
        assertThat(channels.get(1).take()).isEqualTo("closed");
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("transport error");
        server.to("all").emit("n", 2);
        assertThat(channels.get(0).take()).startsWith("42[\"n\",2");
        assertThat(channels.get(2).take()).startsWith("42[\"n\",2");
        assertThat(told).isEmpty();
    }

    @Test
    void ofABroadcast() throws Exception {
        endsOnlyTheOneThatFails(SocketServer.builder());
    }

    @Test
    void ofABroadcastThatIsKeptForThoseThatComeBack() throws Exception {
        endsOnlyTheOneThatFails(
                SocketServer.builder().connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))));
    }

    @Test
    void whoCouldNotBeSentSomethingGetsItWhenItIsBack() throws Exception {
        var server = SocketServer.builder()
                .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1)))
                .handlersOnEventLoop()
                .build();
        server.onDisconnect((socket, reason) -> told.add(reason.text()));
        server.attach(host);
        var channel = opened();
        channel.send("40");
        var pid = textBetween(channel.take(), "\"pid\":\"", "\"");
        server.emit("n", 1);
        var offset = textBetween(channel.take(), "42[\"n\",1,\"", "\"]");
        channel.fail();
        server.emit("n", 2);
        assertThat(channel.take()).isEqualTo("closed");
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("transport error");
        var again = opened();
        again.send("40{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
        assertThat(again.take()).startsWith("42[\"n\",2,");
        assertThat(again.take()).contains("\"pid\":\"" + pid);
    }

    private static String textBetween(String packet, String before, String after) {
        assertThat(packet).contains(before);
        int begin = packet.indexOf(before) + before.length();
        return packet.substring(begin, packet.indexOf(after, begin));
    }

    @Test
    void ofAGoodbyeToAll() throws Exception {
        var server = SocketServer.builder().handlersOnEventLoop().build();
        server.onDisconnect((socket, reason) -> told.add(reason.text()));
        server.on("ready", (socket, args) -> socket.emit("ready"));
        server.attach(host);
        var channels = joined(2);
        channels.get(0).fail();
        server.disconnectSockets(false);
        assertThat(channels.get(1).take()).isEqualTo("41");
        assertThat(List.of(
                        String.valueOf(told.poll(20, TimeUnit.SECONDS)),
                        String.valueOf(told.poll(20, TimeUnit.SECONDS))))
                .containsExactlyInAnyOrder("transport error", "server namespace disconnect");
    }
}
