package io.sockeye.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.internal.engine.Router;
import io.sockeye.server.internal.http.HttpCallbacks;
import io.sockeye.server.internal.http.HttpSettings;
import io.sockeye.server.internal.http.Legacy;
import io.sockeye.server.internal.netty.EventLoops;
import io.sockeye.server.internal.netty.NettyServer;
import io.sockeye.server.internal.netty.UnloggableError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread of an event loop ends, as it does when there is no memory even to log the first error. */
@Timeout(60)
class LoopFailureIT {
    /** Nobody is answered. */
    private static final HttpSettings SETTINGS = new HttpSettings(
            "/socket.io/",
            Set.of(TransportKind.POLLING),
            Cors.NONE,
            false,
            new Legacy(false, false),
            1_000,
            new HttpCallbacks(request -> new CompletableFuture<>()),
            null,
            HttpCompression.OFF,
            null,
            ProxyTrust.NONE,
            new Budget(64 << 20),
            new Budget(64 << 20));

    private static NettyServer start(EventLoops loops) throws IOException {
        var server = new NettyServer(loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, 16 << 10);
        server.start(new Router(SETTINGS, List.of()));
        return server;
    }

    private static Socket connect(NettyServer server) throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), server.port());
        client.setSoTimeout(20_000);
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        return client;
    }

    @Test
    void closesTheServerWithAllConnections() throws Exception {
        var loops = new EventLoops(IoTransport.AUTO, 2, LoopFailure.CLOSE);
        var server = start(loops);
        int port = server.port();
        var clients = new ArrayList<Socket>();
        for (int i = 0; i < 4; i++) {
            clients.add(connect(server));
        }
        loops.at(0).eventLoop().execute(LoopFailureIT::fail);
        for (var client : clients) {
            try (client) {
                assertThat(ended(client)).isTrue();
            }
        }
        while (!loops.at(0).hasEnded()) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> {
                    while (true) { // Until the listener is closed, the system takes connections.
                        new Socket(InetAddress.getLoopbackAddress(), port).close();
                    }
                })
                .isInstanceOf(IOException.class);
        server.stopListening();
        server.shutDown(Duration.ofSeconds(5));
    }

    private static boolean ended(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("reset");
        }
    }

    private static void fail() {
        throw new UnloggableError();
    }

    @Test
    void endsTheProcessWhereThatIsWanted() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), LoopFailureIT.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(70);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The process that ends. */
    public static void main(String[] args) throws Exception {
        var loops = new EventLoops(IoTransport.AUTO, 1, LoopFailure.HALT);
        start(loops);
        loops.at(0).eventLoop().execute(LoopFailureIT::fail);
        TimeUnit.MINUTES.sleep(1);
    }

    @Test
    void whatCannotBeLoggedDoesNotEndTheLoop() throws Exception {
        var loops = new EventLoops(IoTransport.AUTO, 1, LoopFailure.CLOSE);
        var loop = loops.at(0);
        loop.repeat(Duration.ofMillis(1), LoopFailureIT::fail);
        var later = loop.eventLoop().schedule(() -> true, 50, TimeUnit.MILLISECONDS);
        assertThat(later.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.hasEnded()).isFalse();
        loops.shutDown(Duration.ofMillis(1));
    }
}
