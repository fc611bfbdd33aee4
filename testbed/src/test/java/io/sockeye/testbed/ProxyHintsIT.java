package io.sockeye.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sockeye.server.SocketServer;
import io.sockeye.server.http.ProxyTrust;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the server's log says about proxies that hide what matters. */
@Timeout(30)
class ProxyHintsIT {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.sockeye.server");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(log);
    }

    private List<String> warnings() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static void get(SocketServer server, String headers) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var request =
                    "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void aPageThatIsRefusedIsToldWithTheHostThatCame() throws Exception {
        try (var server =
                SocketServer.builder().host("127.0.0.1").port(0).build().start()) {
            get(server, "Host: backend:3000\r\nOrigin: https://app.example\r\n");
            get(server, "Host: backend:3000\r\nOrigin: https://app.example\r\n");
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains(
                            "pages of origin https://app.example may not use this server, which was asked for as Host:"
                                    + " backend:3000",
                            "SocketServerBuilder.cors",
                            "proxy_set_header Host $http_host",
                            "ProxyPreserveHost On",
                            "X-Forwarded-Host",
                            "SocketServerBuilder.trustProxy");
        }
    }

    @Test
    void aTrustedProxyThatSaysNothingIsToldOnce() throws Exception {
        var builder = SocketServer.builder().host("127.0.0.1").port(0).trustProxy(ProxyTrust.hops(1));
        try (var server = builder.build().start()) {
            get(server, "Host: a\r\nX-Forwarded-For: 1.1.1.1\r\n");
            assertThat(warnings()).isEmpty();
            get(server, "Host: a\r\n");
            get(server, "Host: a\r\n");
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .startsWith("trustProxy: a request by way of 127.0.0.1 has no X-Forwarded-For.");
        }
    }
}
