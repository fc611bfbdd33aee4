package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.take;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.DisconnectReason;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.server.SocketServer;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A poll whose connection ends may have been answered: to poll once more would lose that answer in silence. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LostPollsIT {
    private static SocketServer good;

    @BeforeAll
    static void start() {
        good = GoodServer.start();
    }

    @AfterAll
    static void stop() {
        good.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsTheSession(boolean reset) throws Exception {
        endsTheSession(reset, builder -> builder);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsTheSessionAlsoWithAnHttpClientOfTheUsers(boolean reset) throws Exception {
        endsTheSession(reset, builder -> builder.httpClient(HttpClient.newHttpClient()));
    }

    private static void endsTheSession(boolean reset, UnaryOperator<SocketClientBuilder> settings) throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client =
                        settings.apply(GoodServer.client(server, Way.POLLING)).build()) {
            var polls = new AtomicInteger();
            server.script(exchange -> {
                if (exchange.isPost()) {
                    exchange.ok("ok");
                    return;
                }
                switch (polls.incrementAndGet()) {
                    case 1 -> exchange.ok(Scripts.OPEN);
                    case 2 -> exchange.ok(Scripts.CONNECTED);
                    case 3 -> {
                        if (reset) {
                            exchange.reset();
                        } else {
                            exchange.socket().close();
                        }
                    }
                    default -> {
                        server.heal();
                        exchange.answer("400 Bad Request", "");
                    }
                }
            });
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            client.onDisconnect(end -> ends.add(end.reason()));
            connect(client);
            assertThat(take(ends)).isEqualTo(DisconnectReason.TRANSPORT_ERROR);
            until(client::connected);
            assertThat(server.requests())
                    .extracting(ScriptedExchange::requestLine)
                    .doesNotHaveDuplicates();
        }
    }

    /** Which is a repetition that must be. */
    @Test
    void thePasswordIsAskedForAtTheFirstRequest() throws Exception {
        var authenticator = new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("ada", "secret".toCharArray());
            }
        };
        try (var server = ScriptedServer.before(good.port());
                var client = GoodServer.client(server, Way.POLLING)
                        .authenticator(authenticator)
                        .build()) {
            var polls = new AtomicInteger();
            server.script(exchange -> {
                if (!exchange.headers().containsKey("authorization")) {
                    exchange.answer("401 Unauthorized", "WWW-Authenticate: Basic realm=\"chat\"\r\n", new byte[0]);
                } else if (exchange.isPost()) {
                    exchange.ok("ok");
                } else {
                    switch (polls.incrementAndGet()) {
                        case 1 -> exchange.ok(Scripts.OPEN);
                        case 2 -> exchange.ok(Scripts.CONNECTED);
                        case 3 -> exchange.ok("42[\"said\",1]");
                        default -> exchange.hold();
                    }
                }
            });
            var heard = new LinkedBlockingQueue<Integer>();
            client.on("said", Integer.class, heard::add);
            connect(client);
            assertThat(take(heard)).isEqualTo(1);
        }
    }
}
