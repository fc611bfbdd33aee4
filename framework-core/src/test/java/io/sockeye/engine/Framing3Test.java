package io.sockeye.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The payloads of revision 3; the bytes are those of engine.io-parser 2.2. */
class Framing3Test {
    private static final Framing BINARY = Framing.revision3(false);
    private static final Framing BASE64 = Framing.revision3(true);

    private static final EnginePacket OPEN = EnginePacket.text(EnginePacket.Type.OPEN, Bytes.ofUtf8("{}"));
    private static final EnginePacket HELLO = EnginePacket.message(Bytes.ofUtf8("héllo €"));
    private static final EnginePacket ASTRAL = EnginePacket.message(Bytes.ofUtf8("😀a"));
    private static final EnginePacket BYTES = EnginePacket.binaryMessage(Bytes.wrap(new byte[] {1, 2, 3}));

    @Test
    void countsTheLengthsOfTextInUtf16Units() {
        var packets = List.of(OPEN, HELLO, ASTRAL, EnginePacket.PING);
        assertText(BINARY, "3:0{}8:4héllo €4:4😀a1:2", packets);
        assertText(BASE64, "3:0{}8:4héllo €4:4😀a1:2", packets);
    }

    @Test
    void writesBytesAsBase64ForAClientThatTakesNone() {
        assertText(BASE64, "4:4😀a6:b4AQID2:b4", List.of(ASTRAL, BYTES, EnginePacket.binaryMessage(Bytes.EMPTY)));
    }

    @Test
    void writesAPayloadWithBytesInBytes() {
        var payload = BINARY.payload(List.of(OPEN, HELLO, ASTRAL, EnginePacket.PING, BYTES));
        assertThat(payload.binary()).isTrue();
        assertThat(hex(payload.body()))
                .isEqualTo("0003ff307b7d000101ff3468c3a96c6c6f20e282ac0006ff34f09f9880610001ff320104ff04010203");
        assertThat(read(payload.body())).containsExactly(OPEN, HELLO, ASTRAL, EnginePacket.PING, BYTES);
    }

    @Test
    void writesLengthsOfSeveralDigits() {
        var data = EnginePacket.binaryMessage(Bytes.wrap(new byte[120]));
        assertThat(hex(BINARY.payload(List.of(data)).body()))
                .startsWith("01010201ff040000")
                .hasSize(2 * 126);
        assertThat(hex(BINARY.payload(List.of(EnginePacket.binaryMessage(Bytes.EMPTY)))
                        .body()))
                .isEqualTo("0101ff04");
    }

    private static void assertText(Framing framing, String text, List<EnginePacket> packets) {
        var payload = framing.payload(packets);
        assertThat(payload.binary()).isFalse();
        assertThat(payload.body().utf8()).isEqualTo(text);
        assertThat(read(payload.body())).isEqualTo(packets);
    }

    @Test
    void readsWhatPrecedesABadPacket() {
        var reader = BINARY.read(Bytes.ofUtf8("2:4a1:7"), 10);
        assertThat(reader.next()).isEqualTo(EnginePacket.message(Bytes.ofUtf8("a")));
        assertThatThrownBy(reader::next).isInstanceOf(ProtocolException.class).hasMessage("packet type 0x37");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""              | empty payload
            4a              | packet length: 2 bytes: 4a
            :4a             | packet length: 3 bytes: :4a
            x:4a            | packet length: 4 bytes: x:4a
            -1:4a           | packet length: 5 bytes: -1:4a
            1e1:4a          | packet length: 6 bytes: 1e1:4a
            2               | packet length: 1 bytes: 2
            2:              | packet length: 2 UTF-16 units in 0 bytes
            3:4a            | packet length: 3 UTF-16 units in 2 bytes
            2:4😀           | packet length: 2 UTF-16 units in 5 bytes
            0:              | empty packet
            0000000002:4a   | packet length: 13 bytes: 0000000002:4a
            999999999:4a    | packet length: 999999999 UTF-16 units in 2 bytes
            2:4a2           | packet length: 1 bytes: 2
            1:b             | binary packet without a type
            2:b2            | binary packet of type 0x32
            4:b4A=          | base64: Last unit does not have enough valid bits
            1:x             | packet type 0x78
            """)
    void refusesMalformedText(String payload, String message) {
        assertRefused(Bytes.ofUtf8(payload), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00              | 'packet length: 0 bytes: '
            00ff            | packet length: 1 bytes: \\xff
            0001            | packet length: 1 bytes: \\x01
            0001ff          | packet length: 1, left 0
            0002ff34        | packet length: 2, left 1
            0000ff          | empty packet
            0100ff          | empty packet
            000aff          | packet length: 2 bytes: \\x0a\\xff
            0080ff          | packet length: 2 bytes: \\x80\\xff
            0000000000000000000001ff32 | packet length: 12 bytes: \\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x01\\xff2
            0001ff3202      | frame kind 0x02
            0001ff37        | packet type 0x37
            0102ff3461      | binary packet of type 0x34
            0101ff02        | binary packet of type 0x02
            """)
    void refusesMalformedBytes(String payload, String message) {
        assertRefused(Bytes.wrap(HexFormat.of().parseHex(payload)), message);
    }

    @Test
    void refusesTextThatIsNoUtf8() {
        assertRefused(Bytes.wrap(new byte[] {'2', ':', '4', (byte) 0xc3}), "packet length: 2 UTF-16 units in 2 bytes");
    }

    @Test
    void refusesAnEmptyMessage() {
        assertThatThrownBy(() -> BINARY.decode(Bytes.EMPTY, true)).hasMessage("empty packet");
        assertThatThrownBy(() -> BINARY.decode(Bytes.EMPTY, false)).hasMessage("empty packet");
    }

    private static void assertRefused(Bytes payload, String message) {
        assertThatThrownBy(() -> read(payload))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(message);
    }

    @Test
    void cve2020_36048_limitsTheNumberOfPacketsInAPayload() {
        var text = Bytes.ofUtf8("1:6".repeat(10));
        assertThat(read(text, 10)).hasSize(10);
        assertThatThrownBy(() -> read(text, 9)).hasMessage("packets in a payload: more than 9");
        var bytes = Bytes.wrap(HexFormat.of().parseHex("0001ff36".repeat(10)));
        assertThat(read(bytes, 10)).hasSize(10);
        assertThatThrownBy(() -> read(bytes, 9)).hasMessage("packets in a payload: more than 9");
    }

    @Test
    void cve2020_36048_readsTinyPacketsInLinearTime() {
        var tiny = new byte[4 * 1_000_000];
        for (int i = 0; i < tiny.length; i += 4) {
            System.arraycopy(new byte[] {0, 1, (byte) 0xff, '6'}, 0, tiny, i, 4);
        }
        assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(read(Bytes.ofUtf8("1:6".repeat(1_000_000)), 1_000_000)).hasSize(1_000_000);
            assertThat(read(Bytes.wrap(tiny), 1_000_000)).hasSize(1_000_000);
        });
    }

    private static List<EnginePacket> read(Bytes payload) {
        return read(payload, 100);
    }

    private static List<EnginePacket> read(Bytes payload, int maxPackets) {
        var packets = new ArrayList<EnginePacket>();
        var reader = BINARY.read(payload, maxPackets);
        for (var packet = reader.next(); packet != null; packet = reader.next()) {
            packets.add(packet);
        }
        assertThat(reader.next()).isNull();
        return packets;
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    void framingsOfOneKindAreEqual() {
        assertThat(List.of(Framing.revision3(true), Framing.revision3(false), Framing.revision4()))
                .doesNotHaveDuplicates()
                .isEqualTo(Arrays.asList(BASE64, BINARY, new Framing4()));
    }
}
