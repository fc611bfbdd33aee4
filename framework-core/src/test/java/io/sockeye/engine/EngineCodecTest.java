package io.sockeye.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCodecTest {
    private static final EnginePacket HELLO = EnginePacket.message(Bytes.ofUtf8("hello"));
    private static final EnginePacket BINARY = EnginePacket.binaryMessage(Bytes.wrap(new byte[] {1, 2, 3, 4}));

    @ParameterizedTest
    @CsvSource({
        "4hello, MESSAGE, hello",
        "4, MESSAGE, ''",
        "4€uro, MESSAGE, €uro",
        "44, MESSAGE, 4",
        "0{}, OPEN, {}",
        "1, CLOSE, ''",
        "2, PING, ''",
        "2probe, PING, probe",
        "3, PONG, ''",
        "3probe, PONG, probe",
        "5, UPGRADE, ''",
        "6, NOOP, ''",
    })
    void readsAndWritesEachType(String frame, EnginePacket.Type type, String data) {
        var packet = EnginePacket.text(type, Bytes.ofUtf8(data));
        assertThat(EngineCodec.decodeText(Bytes.ofUtf8(frame))).isEqualTo(packet);
        assertThat(EngineCodec.encodePayload(List.of(packet)).utf8()).isEqualTo(frame);
    }

    @Test
    void joinsPacketsBySeparators() {
        assertPayload(
                "4hello\u001e2\u001e4world", HELLO, EnginePacket.PING, EnginePacket.message(Bytes.ofUtf8("world")));
        assertPayload("4\u001e4", EnginePacket.message(Bytes.EMPTY), EnginePacket.message(Bytes.EMPTY));
    }

    @Test
    void writesBinaryInPayloadsAsBase64() {
        assertPayload("4hello\u001ebAQIDBA==", HELLO, BINARY);
        assertPayload("bAQIDBA==\u001e4hello", BINARY, HELLO);
        assertPayload("b", EnginePacket.binaryMessage(Bytes.EMPTY));
        assertPayload("b+/8=", EnginePacket.binaryMessage(Bytes.wrap(new byte[] {(byte) 0xfb, (byte) 0xff})));
    }

    @Test
    void readsBase64WithoutPadding() {
        assertThat(read("bAQIDBA")).containsExactly(BINARY);
    }

    @Test
    void writesNothingForNoPackets() {
        assertThat(EngineCodec.encodePayload(List.of())).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void readsWhatPrecedesABadPacket() {
        var reader = new PayloadReader(Bytes.ofUtf8("4hello\u001eabc\u001e4world"), 10);
        assertThat(reader.next()).isEqualTo(HELLO);
        assertThatThrownBy(reader::next).isInstanceOf(ProtocolException.class).hasMessage("packet type 0x61");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u001e",
                "4\u001e",
                "\u001e4",
                "4\u001e\u001e4",
                "7",
                "/",
                "a",
                "€",
                "-1",
                "b!",
                "bA",
                "bA=",
                "b AQ==",
                "bAQ==A",
                "b-_8=",
                "B",
                "\u0000"
            })
    void refusesWhatIsNoPayload(String payload) {
        assertThatThrownBy(() -> read(payload))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.PARSE_ERROR));
    }

    @Test
    void refusesTypesBeyondAscii() {
        for (int first = 0x80; first <= 0xff; first++) {
            var frame = Bytes.wrap(new byte[] {(byte) first, '4'});
            assertThatThrownBy(() -> EngineCodec.decodeText(frame)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void knowsTheLengthOfPacketsInPayloads() {
        for (int length = 0; length < 20; length++) {
            for (boolean binary : new boolean[] {false, true}) {
                var packet = new EnginePacket(EnginePacket.Type.MESSAGE, Bytes.wrap(new byte[length]), binary);
                assertThat(EngineCodec.payloadLength(packet))
                        .isEqualTo(EngineCodec.encodePayload(List.of(packet)).length());
            }
        }
    }

    @Test
    void allPacketsSurviveThePayload() {
        var random = new Random(20260201);
        for (int run = 0; run < 2_000; run++) {
            var packets = new ArrayList<EnginePacket>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                packets.add(packet(random));
            }
            assertThat(read(EngineCodec.encodePayload(packets))).isEqualTo(packets);
        }
    }

    private static EnginePacket packet(Random random) {
        if (random.nextBoolean()) {
            var data = new byte[random.nextInt(12)];
            random.nextBytes(data);
            return EnginePacket.binaryMessage(Bytes.wrap(data));
        }
        var types = EnginePacket.Type.values();
        var text = random.ints(random.nextInt(12), 0x1f, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return EnginePacket.text(
                types[random.nextInt(types.length)], Bytes.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertPayload(String payload, EnginePacket... packets) {
        assertThat(EngineCodec.encodePayload(List.of(packets)).utf8()).isEqualTo(payload);
        assertThat(read(payload)).containsExactly(packets);
    }

    private static List<EnginePacket> read(String payload) {
        return read(Bytes.ofUtf8(payload));
    }

    private static List<EnginePacket> read(Bytes payload) {
        var packets = new ArrayList<EnginePacket>();
        var reader = new PayloadReader(payload, 10);
        for (var packet = reader.next(); packet != null; packet = reader.next()) {
            packets.add(packet);
        }
        return packets;
    }

    @Test
    void leavesOutTheLineBreaksThatTheOfficialJavaClientWrites() {
        var packet = EngineCodec.decodeText(Bytes.ofUtf8("bAQID\nBA==\r\n"));
        assertThat(packet).isEqualTo(EnginePacket.binaryMessage(Bytes.wrap(new byte[] {1, 2, 3, 4})));
    }
}
