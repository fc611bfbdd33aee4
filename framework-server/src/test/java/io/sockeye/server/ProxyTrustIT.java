package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.ProxyTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reverse proxy says about the client. */
@Timeout(30)
class ProxyTrustIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void countsOnlyIfTheProxyIsTrusted() throws Exception {
        assertThat(seen(ProxyTrust.NONE)).isEqualTo("127.0.0.1 false");
        assertThat(seen(ProxyTrust.addresses("10.0.0.1"))).isEqualTo("127.0.0.1 false");
        assertThat(seen(ProxyTrust.hops(1))).isEqualTo("1.2.3.4 true");
        assertThat(seen(ProxyTrust.addresses("127.0.0.1"))).isEqualTo("1.2.3.4 true");
    }

    private String seen(ProxyTrust trust) throws Exception {
        var notes = new Notes();
        var server = servers.start(builder -> builder.trustProxy(trust)
                .http(request -> HttpResponse.text(200, request.remoteAddress() + " " + request.secure())));
        server.onConnection(socket -> notes.add(socket.handshake().address() + " "
                + socket.handshake().request().secure()));
        try (var wire = Wire.to(server);
                var other = Wire.to(server)) {
            String[] headers = {"X-Forwarded-For: 6.6.6.6, 1.2.3.4", "X-Forwarded-Proto: http, https"};
            var route = wire.get("/", headers).body();
            assertThat(WebSocketClient.request(other, "", headers).reply().status())
                    .isEqualTo(101);
            var client = WebSocketClient.over(other);
            client.expect("0{");
            client.join("");
            assertThat(notes.next()).isEqualTo(route);
            return route;
        }
    }
}
