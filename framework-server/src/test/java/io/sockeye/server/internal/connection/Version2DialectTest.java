package io.sockeye.server.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Version2DialectTest {
    private static final Json JSON = Json.standard();
    private static final HttpRequest REQUEST =
            new HttpRequest("GET", "/socket.io/?EIO=3&color=red&token=old", List.of(), "127.0.0.1", false, Bytes.EMPTY);

    private final Dialect dialect = Dialect.of(3, JSON);
    private final Dialect latest = Dialect.of(4, JSON);

    @Test
    void joinsTheMainNamespaceUnasked() {
        assertThat(dialect.unasked()).isEqualTo(new SocketPacket.Connect("/", null));
        assertThat(latest.unasked()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /admin                      | /admin | {}                        | old
            /admin?                     | /admin | {}                        | old
            /admin?token=new&x=%C3%BC+y | /admin | {"token":"new","x":"ü y"} | new
            /a?b?c=d                    | /a     | {"b?c":"d"}               | old
            /                           | /      | {}                        | old
            """)
    void readsTheQueryBehindTheNamespace(String target, String name, String auth, String token) {
        var candidate = dialect.candidate(new SocketPacket.Connect(target, null), REQUEST);
        assertThat(candidate.namespace()).isEqualTo(name);
        assertThat(candidate.handshake().auth().raw().utf8()).isEqualTo(auth);
        assertThat(candidate.handshake().query("token")).contains(token);
        assertThat(candidate.handshake().query("color")).contains("red");
        assertThat(candidate.handshake().protocol()).isEqualTo(3);
    }

    @Test
    void leavesALatestNamespaceAsItIs() {
        var auth = JSON.readValue(Bytes.ofUtf8("{\"a\":1}"));
        var candidate = latest.candidate(new SocketPacket.Connect("/admin?a=2", auth), REQUEST);
        assertThat(candidate.namespace()).isEqualTo("/admin?a=2");
        assertThat(candidate.handshake().auth()).isEqualTo(auth);
        assertThat(candidate.handshake().request()).isSameAs(REQUEST);
        assertThat(candidate.handshake().protocol()).isEqualTo(4);
    }

    @Test
    void limitsTheNameButNotTheQueryToTheUsualLength() {
        String name = "/" + "n".repeat(511);
        var limits = dialect.limits(SocketLimits.DEFAULT);
        assertThat(limits.namespaceLength()).isEqualTo(512 + 16_384);
        assertThat(limits.attachments()).isEqualTo(SocketLimits.DEFAULT.attachments());
        var longest = new SocketPacket.Connect(name + "?" + "q".repeat(16_000), null);
        assertThat(dialect.candidate(longest, REQUEST).namespace()).isEqualTo(name);
        assertThatThrownBy(() -> dialect.candidate(new SocketPacket.Connect(name + "n?q", null), REQUEST))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("namespace length: 513, limit 512");
        assertThat(latest.limits(SocketLimits.DEFAULT)).isEqualTo(SocketLimits.DEFAULT);
    }

    @Test
    void namesSocketsAsTheClientDoes() {
        assertThat(dialect.socketId("/", "S1", () -> "fresh")).isEqualTo("S1");
        assertThat(dialect.socketId("/admin", "S1", () -> "fresh")).isEqualTo("/admin#S1");
        assertThat(latest.socketId("/", "S1", () -> "fresh")).isEqualTo("fresh");
        assertThat(dialect.welcome(Map.of("sid", "S1"))).isNull();
        assertThat(dialect.recovers()).isFalse();
        assertThat(latest.welcome(Map.of("sid", "fresh"))).isEqualTo(value("{\"sid\":\"fresh\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"message":"no"}                           | "no"
            {"message":"no","data":{"code":1}}         | {"code":1}
            {"message":"no","data":[1,"a"]}            | [1,"a"]
            {"message":"no","data":"why"}              | "why"
            {"message":"no","data":""}                 | "no"
            {"message":"no","data":7}                  | "no"
            {"message":"no","data":true}               | "no"
            {"message":"no","data":null}               | "no"
            """)
    void refusesWithTheBareDataOrMessage(String payload, String expected) {
        assertThat(dialect.refusal(value(payload))).isEqualTo(value(expected));
        assertThat(latest.refusal(value(payload))).isEqualTo(value(payload));
    }

    private static JsonValue value(String json) {
        return JSON.readValue(Bytes.ofUtf8(json));
    }
}
