package io.sockeye.testbed.client;

import static io.sockeye.client.DisconnectReason.IO_SERVER_DISCONNECT;
import static io.sockeye.client.DisconnectReason.PARSE_ERROR;
import static io.sockeye.client.DisconnectReason.TRANSPORT_CLOSE;
import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Disconnection;
import io.sockeye.client.SocketClient;
import io.sockeye.server.SocketServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever packets a server sends, each ends with a documented reason, or does no harm. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class MisbehavingPacketsIT {
    private static final int MAX_BYTES = 100_000;
    /** Between packets. */
    private static final String THEN = " ␞ ";

    private static SocketServer good;

    /** What is sent once the socket is connected, and how that connection must end. */
    record Bad(String packets, DisconnectReason reason, String words) {
        @Override
        public String toString() {
            return packets.length() < 60 ? packets : packets.substring(0, 60) + "…";
        }
    }

    @BeforeAll
    static void start() {
        good = GoodServer.start();
    }

    @AfterAll
    static void stop() {
        good.close();
    }

    static Stream<Arguments> endsWithAReasonAndComesBack() {
        return overEachWay(Stream.of(
                new Bad("9", PARSE_ERROR, "packet type 0x39"),
                new Bad("", PARSE_ERROR, "empty packet"),
                new Bad(Scripts.OPEN, PARSE_ERROR, "second handshake"),
                new Bad("1", TRANSPORT_CLOSE, ""),
                new Bad("b####", PARSE_ERROR, "base64"),
                new Bad("bAAAA", PARSE_ERROR, "binary message without a packet"),
                new Bad("4", PARSE_ERROR, "packet type"),
                new Bad("47", PARSE_ERROR, "packet type"),
                new Bad("42", PARSE_ERROR, "EVENT"),
                new Bad("42{}", PARSE_ERROR, "EVENT"),
                new Bad("42[]", PARSE_ERROR, "event without name"),
                new Bad("42[null]", PARSE_ERROR, "event without name"),
                new Bad("42[{}]", PARSE_ERROR, "event without name"),
                new Bad("42[\"connect\"]", PARSE_ERROR, "reserved event name: connect"),
                new Bad("42[\"disconnect\"]", PARSE_ERROR, "reserved event name: disconnect"),
                new Bad("42[\"a\"", PARSE_ERROR, "EVENT"),
                new Bad("42[\"a\"]]", PARSE_ERROR, "EVENT"),
                new Bad("42[\"a\",NaN]", PARSE_ERROR, "EVENT"),
                new Bad("42[\"a\"," + "[".repeat(50_000), PARSE_ERROR, "EVENT"),
                new Bad("42/" + "n".repeat(10_000) + ",[\"a\"]", PARSE_ERROR, "namespace length: 10001"),
                new Bad("451-[\"a\",{\"_placeholder\":true,\"num\":1}]" + THEN + "bAAAA", PARSE_ERROR, ""),
                new Bad("451-[\"a\",{\"_placeholder\":true,\"num\":-1}]" + THEN + "bAAAA", PARSE_ERROR, ""),
                new Bad(
                        "451-[\"a\",{\"_placeholder\":true,\"num\":0}]" + THEN + "42[\"b\"]",
                        PARSE_ERROR,
                        "text while"),
                new Bad(
                        "451-[\"a\",{\"_placeholder\":true,\"num\":0}]" + THEN + "bAAAA" + THEN + "bAAAA",
                        PARSE_ERROR,
                        "binary message without"),
                new Bad("459999-[\"a\"]", PARSE_ERROR, "attachments: 9999, limit 1000"),
                new Bad("4599999999999999999999-[]", PARSE_ERROR, "limit 1000"),
                new Bad("450-[\"a\"]", PARSE_ERROR, "attachment count"),
                new Bad("45-[\"a\"]", PARSE_ERROR, "attachment count"),
                new Bad("45[\"a\"]", PARSE_ERROR, "attachment count"),
                new Bad("43[1]", PARSE_ERROR, "ACK without ack id"),
                new Bad("430{}", PARSE_ERROR, "ACK"),
                new Bad("430", PARSE_ERROR, "ACK"),
                new Bad("41{}", PARSE_ERROR, "DISCONNECT with payload"),
                new Bad("40[]", PARSE_ERROR, "CONNECT with payload"),
                new Bad("401{}", PARSE_ERROR, "CONNECT with ack id"),
                new Bad("44", PARSE_ERROR, "CONNECT_ERROR without payload"),
                new Bad("44[1]", PARSE_ERROR, "CONNECT_ERROR with payload")));
    }

    static Stream<Arguments> endsForGood() {
        return overEachWay(Stream.of(
                new Bad("41", IO_SERVER_DISCONNECT, ""),
                new Bad("44{\"message\":\"out\"}", IO_SERVER_DISCONNECT, "out"),
                new Bad("44\"out\"", IO_SERVER_DISCONNECT, "out")));
    }

    static Stream<Arguments> doesNotMind() {
        return overEachWay(Stream.of(
                "2probe",
                "3",
                "3probe",
                "5",
                "6",
                "6?",
                "42[1,2]",
                "42[\"nobody hears\"]",
                "42/other,[\"a\"]",
                "41/other,",
                "44/other,\"no\"",
                "40/other,{\"sid\":\"x\"}",
                "40{\"sid\":\"s2\"}",
                "40",
                "4399[1]",
                "430[]",
                "42[\"a\",\"\\ud800\"]",
                "42[\"a\",{\"_placeholder\":true,\"num\":5}]",
                "4318446744073709551616[]",
                "4218446744073709551616[\"a\"]",
                "461-99[{\"_placeholder\":true,\"num\":0}]" + THEN + "bAAAA",
                "42[\"a\",1e999]",
                "429999999999[\"a\"]"));
    }

    private static Stream<Arguments> overEachWay(Stream<?> cases) {
        return cases.flatMap(one -> Stream.of(Arguments.of(Way.POLLING, one), Arguments.of(Way.WEBSOCKET, one)));
    }

    private static SocketClient client(ScriptedServer server, Way way) {
        return GoodServer.client(server, way).maxMessageBytes(MAX_BYTES).build();
    }

    @ParameterizedTest
    @MethodSource
    void endsWithAReasonAndComesBack(Way way, Bad bad) throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = client(server, way)) {
            Scripts.session(server, way, Scripts.afterConnect(bad.packets()));
            var ends = new LinkedBlockingQueue<Disconnection>();
            client.onDisconnect(ends::add);
            connect(client);
            var lost = client.request("never answered");
            expect(take(ends), bad);
            until(client::connected);
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
            assertThat(lost.isDone() || client.connected()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource
    void endsForGood(Way way, Bad bad) throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = client(server, way)) {
            Scripts.session(server, way, Scripts.afterConnect(bad.packets()));
            var ends = new LinkedBlockingQueue<Disconnection>();
            client.onDisconnect(ends::add);
            connect(client);
            expect(take(ends), bad);
            assertThat(client.active()).isFalse();
            assertThat(client.id()).isEmpty();
            connect(client);
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
        }
    }

    private static void expect(Disconnection end, Bad bad) {
        assertThat(end.reason()).as("%s", end).isEqualTo(bad.reason());
        assertThat(end.details()).contains(bad.words());
    }

    @ParameterizedTest
    @MethodSource
    void doesNotMind(Way way, String packets) throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = client(server, way)) {
            Scripts.session(server, way, Scripts.afterConnect(packets + THEN + "42[\"done\"]"));
            var heard = new LinkedBlockingQueue<String>();
            client.on("done", args -> heard.add("done")).onDisconnect(end -> heard.add(end.toString()));
            connect(client);
            assertThat(take(heard)).isEqualTo("done");
            if (way == Way.WEBSOCKET) { // A poll that follows goes to the server that is well, and ends the session.
                assertThat(client.id()).contains("s1");
            }
        }
    }

    static Stream<Arguments> tellsWhyTheNamespaceIsNotJoined() {
        return Stream.of(
                        List.of("40", Reason.PROTOCOL_VERSION, "Socket.IO 2 or earlier", false),
                        List.of("40{}", Reason.PROTOCOL_VERSION, "Socket.IO 2 or earlier", false),
                        List.of("40{\"sid\":{}}", Reason.PROTOCOL, "is no", true),
                        List.of("40[]", Reason.PROTOCOL, "CONNECT with payload", true),
                        List.of("44\"no\"", Reason.REFUSED, "no", false),
                        List.of("44{}", Reason.REFUSED, "{}", false),
                        List.of("44{\"message\":{\"a\":1}}", Reason.REFUSED, "{\"message\":{\"a\":1}}", false),
                        List.of("44{\"message\":null,\"data\":null}", Reason.REFUSED, "", false),
                        List.of("44", Reason.PROTOCOL, "CONNECT_ERROR without payload", true),
                        List.of("41", Reason.CONNECTION_LOST, "io server disconnect", false),
                        List.of("1", Reason.CONNECTION_LOST, "the server closed the connection", true))
                .flatMap(values -> Stream.of(Way.POLLING, Way.WEBSOCKET).map(way -> {
                    var all = new ArrayList<Object>(List.of(way));
                    all.addAll(values);
                    return Arguments.of(all.toArray());
                }));
    }

    @ParameterizedTest
    @MethodSource
    void tellsWhyTheNamespaceIsNotJoined(Way way, String packets, Reason reason, String words, boolean again)
            throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = client(server, way)) {
            Scripts.session(server, way, packets.split(THEN, -1));
            assertThat(failure(client.connect())).isInstanceOfSatisfying(ConnectFailedException.class, failure -> {
                assertThat(failure.reason()).as("%s", failure).isEqualTo(reason);
                assertThat(failure).hasMessageContaining(words);
            });
            if (again) {
                until(client::connected);
            } else {
                assertThat(client.active()).isFalse();
                connect(client);
            }
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "UPGRADE", mode = EnumSource.Mode.EXCLUDE)
    void keepsEventsThatArriveBeforeTheConnection(Way way) throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = client(server, way)) {
            Scripts.session(
                    server, way, "42[\"early\",1]", "430[1]", "42[\"early\",2]", Scripts.CONNECTED, "42[\"early\",3]");
            var heard = new LinkedBlockingQueue<String>();
            client.onConnect(() -> heard.add("connect"));
            client.on("early", Integer.class, value -> heard.add("early " + value));
            connect(client);
            assertThat(List.of(take(heard), take(heard), take(heard), take(heard)))
                    .containsExactly("connect", "early 1", "early 2", "early 3");
        }
    }

    @Test
    void keepsNoMoreOfThemThanAMessageMayHave() throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = client(server, Way.WEBSOCKET)) {
            var event = "42[\"early\",\"" + "x".repeat(30_000) + "\"]";
            Scripts.session(server, Way.WEBSOCKET, event, event, event, event);
            assertThat(failure(client.connect())).hasMessageContaining("events before the connection");
            until(client::connected);
        }
    }
}
