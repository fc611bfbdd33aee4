package io.sockeye.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private static final String TEXT =
            "{\"sid\":\"Lbo5JLzTotvW3g2L\",\"upgrades\":[\"websocket\"],\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":1000000}";
    private static final Handshake HANDSHAKE =
            new Handshake("Lbo5JLzTotvW3g2L", List.of("websocket"), 300, 200, 1_000_000);

    @Test
    void isTheOpenPacketOfTheSpecification() {
        assertThat(EngineCodec.encodePayload(List.of(HANDSHAKE.toPacket())).utf8())
                .isEqualTo("0" + TEXT);
        assertThat(parse(TEXT)).isEqualTo(HANDSHAKE);
    }

    @Test
    void leavesOutWhatItDoesNotKnow() {
        assertThat(parse(TEXT.replace("{", "{\"later\":[{}],"))).isEqualTo(HANDSHAKE);
    }

    @Test
    void takesMissingMaxPayloadForNone() {
        assertThat(parse(TEXT.replace(",\"maxPayload\":1000000", "")).maxPayload())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"null, 0", "2147483648, 2147483648", "1e10, 10000000000", "1e300, 9223372036854775807", "0.5, 0"})
    void takesAnyNumberOfJavaScriptForMaxPayload(String number, long expected) {
        assertThat(parse(TEXT.replace("1000000", number)).maxPayload()).isEqualTo(expected);
    }

    @Test
    void takesTimesWithFractions() {
        assertThat(parse(TEXT.replace("300", "0.5").replace("200", "2.25")))
                .isEqualTo(new Handshake("Lbo5JLzTotvW3g2L", List.of("websocket"), 1, 3, 1_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "1",
                "\"sid\"",
                "[]",
                "{}",
                "{",
                "{\"sid\":null,\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}",
                "{\"sid\":\"\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}",
                "{\"sid\":{},\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}",
                "{\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}",
                "{\"sid\":\"a\",\"pingInterval\":1,\"pingTimeout\":1}",
                "{\"sid\":\"a\",\"upgrades\":[null],\"pingInterval\":1,\"pingTimeout\":1}",
                "{\"sid\":\"a\",\"upgrades\":{},\"pingInterval\":1,\"pingTimeout\":1}",
                "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":0,\"pingTimeout\":1}",
                "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":-1,\"pingTimeout\":1}",
                "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":0}",
                "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":9223372036854775807,\"pingTimeout\":1}",
                "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1e400,\"pingTimeout\":1}",
                "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1,\"maxPayload\":-1}",
                "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":null,\"pingTimeout\":1}",
                "{\"sid\":\"a\",\"upgrades\":[],\"pingTimeout\":1}",
            })
    void refusesWhatIsNoHandshake(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.PARSE_ERROR))
                .hasMessageStartingWith("handshake: ");
    }

    private static Handshake parse(String text) {
        return Handshake.parse(Bytes.ofUtf8(text));
    }
}
