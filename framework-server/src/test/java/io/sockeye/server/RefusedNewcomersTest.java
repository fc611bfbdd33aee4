package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.engine.MemoryHost;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody has to go for a request that opens no session. With so little memory there may be 97 from one address. */
class RefusedNewcomersTest {
    private static final String PATH = "/socket.io/?EIO=4&transport=";
    private static final int ROOM = 97;

    private final MemoryHost host = new MemoryHost(1);
    private final SocketServer server =
            SocketServer.builder().memory(200_000, 10_000_000).build();

    RefusedNewcomersTest() throws Exception {
        server.attach(host);
        for (int i = 0; i < ROOM; i++) {
            host.get(0, PATH + "polling").answer();
        }
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(10));
    }

    private int refused(String version, String key) throws Exception {
        var headers = new String[] {
            "Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", version, "Sec-WebSocket-Key", key
        };
        return host.get(0, PATH + "websocket", headers).answer().status();
    }

    @ParameterizedTest
    @CsvSource({"12, dGhlIHNhbXBsZSBub25jZQ==", "13, short"})
    void whoAsksForAWebSocketWronglyEndsNoSession(String version, String key) throws Exception {
        assertThat(refused(version, key)).isEqualTo(400);
        assertThat(server.connections()).isEqualTo(ROOM);
    }

    @Test
    void whoOpensOneDoes() throws Exception {
        host.get(0, PATH + "polling").answer();
        assertThat(server.connections()).isEqualTo(ROOM);
    }
}
