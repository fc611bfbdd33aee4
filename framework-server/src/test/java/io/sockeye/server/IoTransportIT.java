package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.uring.IoUring;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way of I/O that this machine has carries the same traffic. */
@Timeout(60)
class IoTransportIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    static Set<IoTransport> available() {
        var available = EnumSet.of(IoTransport.AUTO, IoTransport.NIO);
        if (Epoll.isAvailable()) {
            available.add(IoTransport.EPOLL);
        }
        if (KQueue.isAvailable()) {
            available.add(IoTransport.KQUEUE);
        }
        if (IoUring.isAvailable()) {
            available.add(IoTransport.IO_URING);
        }
        return available;
    }

    static Set<IoTransport> unavailable() {
        return EnumSet.complementOf(EnumSet.copyOf(available()));
    }

    @ParameterizedTest
    @MethodSource("available")
    void carriesEchoesAndUpgradesOverAllLoops(IoTransport transport) throws Exception {
        var server = servers.start(builder -> builder.loops(3).ioTransport(transport));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        for (int i = 0; i < 4; i++) {
            try (var polling = PollingClient.join(server);
                    var post = Wire.to(server)) {
                assertThat(post.post(polling.target(), "421[\"echo\",\"polling\"]")
                                .body())
                        .isEqualTo("ok");
                assertThat(polling.next()).isEqualTo("431[\"polling\"]");
                try (var client = WebSocketClient.upgrade(server, polling)) {
                    client.send("422[\"echo\",\"" + "x".repeat(100_000) + "\"]");
                    assertThat(client.next()).startsWith("432[\"xxx").hasSize(100_007);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("unavailable")
    void whatTheMachineLacksIsSaid(IoTransport transport) {
        var server = servers.build(builder -> builder.ioTransport(transport));
        assertThatThrownBy(server::start)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(transport.name());
    }
}
