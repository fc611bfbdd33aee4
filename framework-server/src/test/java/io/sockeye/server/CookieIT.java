package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cookie that tells a load balancer the session. */
@Timeout(30)
class CookieIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void onlyThePollingHandshakeSetsIt() throws Exception {
        var server = servers.start(builder -> builder.cookie(Cookie.named("io")));
        try (var client = PollingClient.open(server);
                var wire = Wire.to(server)) {
            assertThat(client.handshake().header("set-cookie"))
                    .isEqualTo("io=" + client.sid() + "; Path=/; HttpOnly; SameSite=Lax");
            assertThat(client.post("40").header("set-cookie")).isEmpty();
            assertThat(client.down().get(client.target()).header("set-cookie")).isEmpty();
            assertThat(client.up().get("/socket.io/?EIO=3&transport=polling").header("set-cookie"))
                    .isEmpty();
            var upgrade = WebSocketClient.request(wire, "").reply();
            assertThat(upgrade.status()).isEqualTo(101);
            assertThat(upgrade.header("set-cookie")).isEmpty();
        }
    }

    @Test
    void isSeenByTheHeaderHooks() throws Exception {
        var server = servers.start(builder -> builder.cookie(Cookie.named("io"))
                .initialHeaders((headers, request) -> headers.and("Set-Cookie", "other=1")));
        try (var client = PollingClient.open(server)) {
            assertThat(client.handshake().header("set-cookie"))
                    .isEqualTo("io=" + client.sid() + "; Path=/; HttpOnly; SameSite=Lax & other=1");
        }
    }

    @Test
    void lesson02_itChoosesNoSession() throws Exception {
        var server = servers.start(builder -> builder.cookie(Cookie.named("io")));
        server.on("who", (socket, args) -> args.ack(socket.id()));
        try (var first = PollingClient.join(server);
                var tab = Wire.to(server);
                var second = PollingClient.join(server)) {
            var handshake = tab.get("/socket.io/?EIO=4&transport=polling", "Cookie: io=" + first.sid());
            assertThat(PollingClient.sidIn(handshake.body())).isNotEqualTo(first.sid());
            // The query names the second session, the cookie the first.
            assertThat(tab.post(second.target(), "421[\"who\"]", "Cookie: io=" + first.sid())
                            .body())
                    .isEqualTo("ok");
            assertThat(second.poll()).hasSize(1).allMatch(packet -> packet.startsWith("431["));
            var none = tab.post("/socket.io/?EIO=4&transport=polling", "421[\"who\"]", "Cookie: io=" + first.sid());
            assertThat(none.body()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
        }
    }
}
