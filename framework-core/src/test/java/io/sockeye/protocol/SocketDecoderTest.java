package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.SocketPacket.Connect;
import io.sockeye.protocol.SocketPacket.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketDecoderTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    private final SocketDecoder decoder = new SocketDecoder(Json.standard(), SocketLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "9",
                "x",
                "-1",
                " 2[\"x\"]",
                "\u0000",
                // CONNECT, CONNECT_ERROR and DISCONNECT
                "0[]",
                "01",
                "0\"x\"",
                "0null",
                "0true",
                "0{",
                "0{}x",
                "0/admin,[]",
                "0/admin,{",
                "012{}",
                "0/a,1",
                "4",
                "4/admin,",
                "4[]",
                "41",
                "4null",
                "4{\"message\"}",
                "41{}",
                "1{}",
                "1[]",
                "1/admin,{}",
                "1\"x\"",
                "11",
                // EVENT
                "2",
                "2/admin,",
                "2/admin",
                "21",
                "2{}",
                "2\"x\"",
                "2null",
                "2[]",
                "2[null]",
                "2[true]",
                "2[[]]",
                "2[{}]",
                "2[\"x\"",
                "2[\"x\"]]",
                "2[\"x\",]",
                "2[x]",
                "2 1[\"x\"]",
                "2-1[\"x\"]",
                "2/admin[\"x\"]",
                "2admin,[\"x\"]",
                "2[\"connect\"]",
                "2[\"connect_error\"]",
                "2[\"disconnect\"]",
                "2[\"disconnecting\"]",
                "2[\"newListener\"]",
                "2[\"removeListener\"]",
                "2[\"c\\u006fnnect\"]",
                "2[\"\ud800\"",
                // ACK
                "3",
                "3[]",
                "31",
                "3/admin,[]",
                "31{}",
                "31null",
                "31\"x\"",
                "3/admin,1",
                // ids and counts
                "5[\"x\"]",
                "5-[\"x\"]",
                "51[\"x\"]",
                "51",
                "5",
                "6",
                "511-[\"x\"]",
                "599999999999999999999-[\"x\"]",
                "5-1-[\"x\"]",
                "5+1-[\"x\"]",
                "51.0-[\"x\"]",
                "51e0-[\"x\"]",
                "5 1-[\"x\"]",
                "6-1[]",
                "50-",
                "60-[]",
                "50-[]",
                "50-[\"x\"]",
                "50-1[\"x\"]",
                "500-[\"x\"]",
                "60-1[]",
                "09223372036854775808{}",
                "19223372036854775808",
                // placeholders that name no attachment
                "51-[\"x\",{\"_placeholder\":true,\"num\":1}]",
                "51-[{\"_placeholder\":true,\"num\":0}]",
                "61-[{\"_placeholder\":true,\"num\":0}]",
                "51-[\"x\",{\"_placeholder\":true}]"
            })
    void refusesMalformedText(String text) {
        assertRefused(text);
        assertThat(decoder.awaitsAttachments()).isFalse();
    }

    @Test
    void refusesTextThatIsNoUtf8() {
        for (String text : new String[] {
            "2/\u00ff,[\"x\"]", "2[\"\u00ed\u00a0\u0080\"]", "0{\"\u00c0\u0080\":1}", "2/\u00e2,[\"x\"]"
        }) {
            var message = EnginePacket.message(Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
            assertThatThrownBy(() -> decoder.receive(message)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void limitsTheNamespace() {
        assertThat(text("2/" + "a".repeat(511) + ",[\"x\"]")).isNotNull();
        assertRefused("2/" + "a".repeat(512) + ",[\"x\"]").hasMessage("namespace length: 513, limit 512");
        assertRefused("0/" + "é".repeat(256));
        assertRefused("0/" + "a".repeat(1_000_000));
    }

    @Test
    void takesTheNamespaceLiterallyUpToTheComma() {
        assertThat(text("0/admin?token=1&x=%2C,{}"))
                .isInstanceOfSatisfying(
                        Connect.class,
                        connect -> assertThat(connect.namespace()).isEqualTo("/admin?token=1&x=%2C"));
        assertThat(text("0/admin")).isEqualTo(new Connect("/admin", null));
        assertThat(text("0/")).isEqualTo(new Connect("/", null));
        assertThat(text("0/,")).isEqualTo(new Connect("/", null));
    }

    @Test
    void namesEventsByStringOrNumber() {
        assertThat(((Event) received("2[\"a\\n\"]")).name()).isEqualTo("a\n");
        assertThat(((Event) received("2[42,1]")).name()).isEqualTo("42");
        assertThat(((Event) received("2[\"connection\"]")).name()).isEqualTo("connection");
    }

    @Test
    void idsOf64BitsAndMoreAreNobodys() {
        for (String id : List.of("9223372036854775808", "18446744073709551616", "9".repeat(400))) {
            assertThat(received("2" + id + "[\"x\"]")).isEqualTo(received("2[\"x\"]"));
            assertThat(received("2/admin," + id + "[\"x\"]")).isEqualTo(received("2/admin,[\"x\"]"));
            assertThat(received("3" + id + "[]")).isEqualTo(received("39223372036854775807[]"));
        }
    }

    @Test
    void keepsLoneSurrogatesAndDuplicateKeys() {
        Event event = (Event) received("2[\"x\",\"\\ud83d\",{\"a\":1,\"a\":2}]");
        assertThat(event.arguments().get(1, String.class)).isEqualTo("\ud83d");
        assertThat(event.arguments().value(2).kind()).isEqualTo(JsonValue.Kind.OBJECT);
    }

    @Test
    void refusesTextWhileAttachmentsAreMissingAndForgetsThePacket() {
        assertThat(text("51-[\"x\"," + PLACEHOLDER + "]")).isNull();
        assertRefused("2[\"y\"]").hasMessage("text while attachments are missing: 1");
        assertThat(decoder.awaitsAttachments()).isFalse();
        assertThatThrownBy(() -> binary(1)).isInstanceOf(ProtocolException.class);
        assertThat(text("2[\"y\"]")).isNotNull();
    }

    @Test
    void refusesBinaryMessagesThatNoPacketAnnounced() {
        assertThatThrownBy(() -> binary(1))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.PARSE_ERROR));
        text("51-[\"x\"," + PLACEHOLDER + "]");
        assertThat(binary(1)).isNotNull();
        assertThatThrownBy(() -> binary(1)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void limitsTheBytesOfAllAttachmentsOfAPacket() {
        var small = new SocketDecoder(Json.standard(), new SocketLimits(2, 10, 5));
        var two =
                EnginePacket.message(Bytes.ofUtf8("52-[\"x\"," + PLACEHOLDER + ",{\"_placeholder\":true,\"num\":1}]"));
        var three = EnginePacket.binaryMessage(Bytes.wrap(new byte[3]));
        for (int round = 0; round < 2; round++) {
            assertThat(small.receive(two)).isNull();
            assertThat(small.receive(three)).isNull();
            assertThatThrownBy(() -> small.receive(three))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("attachment bytes: 6, limit 5 (10 times the bytes of a message)");
        }
    }

    @Test
    void takesMessagesOnly() {
        assertThatThrownBy(() -> decoder.receive(EnginePacket.PING)).isInstanceOf(IllegalArgumentException.class);
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String text) {
        return assertThatThrownBy(() -> text(text))
                .as(text.length() > 100 ? text.substring(0, 100) : text)
                .isInstanceOf(ProtocolException.class);
    }

    private SocketPacket received(String text) {
        SocketPacket packet = text(text);
        assertThat(packet).isNotNull();
        return Objects.requireNonNull(packet);
    }

    private @Nullable SocketPacket text(String text) {
        return decoder.receive(EnginePacket.message(Bytes.ofUtf8(text)));
    }

    private @Nullable SocketPacket binary(int length) {
        return decoder.receive(EnginePacket.binaryMessage(Bytes.wrap(new byte[length])));
    }
}
