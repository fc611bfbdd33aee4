package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.internal.engine.MemoryHost;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server on a host that is not its own. */
class HostTest {
    private static final String PATH = "/socket.io/?EIO=4&transport=";

    private final MemoryHost host = new MemoryHost(2);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final SocketServer server =
            SocketServer.builder().handlersOnEventLoop().build();

    HostTest() {
        server.on(
                "say",
                String.class,
                (socket, text) -> server.emit("said", text, socket.transport().wireName()));
        server.onDisconnect((socket, reason) -> told.add(reason.text()));
        server.attach(host);
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(10));
    }

    private String open(int loop) throws Exception {
        var answer = host.get(loop, PATH + "polling").answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("Content-Type")).contains("text/plain; charset=UTF-8");
        assertThat(answer.body()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[\"websocket\"]");
        return answer.body().substring(9, 35);
    }

    @Test
    void aSessionPollsGoesOnOverAWebSocketAndEnds() throws Exception {
        var sid = open(0);
        assertThat(host.post(0, PATH + "polling&sid=" + sid, "40").answer().body())
                .isEqualTo("ok");
        assertThat(host.get(0, PATH + "polling&sid=" + sid).answer().body()).startsWith("40{\"sid\":");
        var poll = host.get(0, PATH + "polling&sid=" + sid);
        var channel = host.webSocket(0, PATH + "websocket&sid=" + sid);
        assertThat(poll.isAnswered()).isFalse();
        channel.send("2probe");
        assertThat(channel.take()).isEqualTo("3probe");
        assertThat(poll.answer().body()).isEqualTo("6");
        channel.send("5");
        channel.send("42[\"say\",\"hi\"]");
        assertThat(channel.take()).isEqualTo("42[\"said\",\"hi\",\"websocket\"]");
        channel.leave();
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("transport close");
        assertThat(host.get(0, PATH + "polling&sid=" + sid).answer().body())
                .isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void requestsGoToTheLoopOfTheirSession() throws Exception {
        var sid = open(1);
        assertThat(sid.substring(4)).startsWith("AB");
        assertThat(host.post(0, PATH + "polling&sid=" + sid, "40").answer().body())
                .isEqualTo("ok");
        assertThat(host.get(0, PATH + "polling&sid=" + sid).answer().body()).startsWith("40{\"sid\":");
    }

    @Test
    void aPeerThatLeavesItsPollEndsItsSession() throws Exception {
        var sid = open(0);
        host.post(0, PATH + "polling&sid=" + sid, "40").answer();
        host.get(0, PATH + "polling&sid=" + sid).answer();
        host.get(0, PATH + "polling&sid=" + sid).leave();
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("transport error");
    }

    @Test
    void whatAWebSocketDoesNotTakeWaits() throws Exception {
        var channel = host.webSocket(0, PATH + "websocket");
        assertThat(channel.take()).startsWith("0{");
        channel.send("40");
        assertThat(channel.take()).startsWith("40{");
        channel.fill(true);
        channel.send("42[\"say\",\"a\"]");
        channel.send("42[\"say\",\"b\"]");
        channel.fill(false);
        assertThat(channel.take()).startsWith("42[\"said\",\"a\"");
        assertThat(channel.take()).startsWith("42[\"said\",\"b\"");
    }

    @Test
    void saysGoodbyeAndEndsTheHostWhenItStops() throws Exception {
        var channel = host.webSocket(0, PATH + "websocket");
        assertThat(channel.take()).startsWith("0{");
        assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> server.attach(new MemoryHost(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
        server.stop(Duration.ofSeconds(10));
        assertThat(channel.take()).isEqualTo("closed");
        assertThat(host.isListening()).isFalse();
        assertThat(host.isShutDown()).isTrue();
    }
}
