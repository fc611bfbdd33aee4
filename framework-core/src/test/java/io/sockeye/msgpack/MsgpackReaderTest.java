package io.sockeye.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused. */
class MsgpackReaderTest {
    private static final String EVENT = "83 a4'type'02 a3'nsp'a1'/' a4'data'";

    private final Parser.Decoder decoder = new MsgpackParser().decoder(Json.standard(), SocketLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no map
                "",
                "c0",
                "c1",
                "02",
                "90",
                "a4'type'",
                "c40182",
                "d40000",
                // truncated
                "83",
                "83a4'typ'",
                "83 a4'type'",
                "82 a4'type'01 a3'nsp'a5'/'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' cd00",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' d700000000",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' c4",
                "df00000003 a4'type'02 a3'nsp'a1'/'",
                // more than a packet
                "82 a4'type'01 a3'nsp'a1'/' 00",
                "82 a4'type'01 a3'nsp'a1'/' c1",
                // type
                "80",
                "81 a3'nsp'a1'/'",
                "82 a4'type'05 a3'nsp'a1'/'",
                "82 a4'type'ff a3'nsp'a1'/'",
                "82 a4'type'a1'1' a3'nsp'a1'/'",
                "82 a4'type'c0 a3'nsp'a1'/'",
                "82 a4'type'd40000 a3'nsp'a1'/'",
                "82 a4'type'cb3ff8000000000000 a3'nsp'a1'/'",
                "82 a4'type'cb7ff8000000000000 a3'nsp'a1'/'",
                "82 a4'type'cf8000000000000001 a3'nsp'a1'/'",
                "82 a4'type'ce00000101 a3'nsp'a1'/'",
                "82 a4'type'cf0000000100000001 a3'nsp'a1'/'",
                // namespace
                "81 a4'type'01",
                "82 a4'type'01 a3'nsp'01",
                "82 a4'type'01 a3'nsp'c0",
                "82 a4'type'01 a3'nsp'a0",
                "82 a4'type'01 a3'nsp'a5'admin'",
                "82 a4'type'01 a3'nsp'a4'/a,b'",
                "82 a4'type'01 a3'nsp'a32fc328",
                "82 a4'type'01 a3'nsp'c4012f",
                // id
                "84 a4'type'02 a3'nsp'a1'/' a4'data'91a1'x' a2'id'ff",
                "84 a4'type'02 a3'nsp'a1'/' a4'data'91a1'x' a2'id'c0",
                "84 a4'type'02 a3'nsp'a1'/' a4'data'91a1'x' a2'id'a1'1'",
                "84 a4'type'02 a3'nsp'a1'/' a4'data'91a1'x' a2'id'cb3ff8000000000000",
                "84 a4'type'02 a3'nsp'a1'/' a4'data'91a1'x' a2'id'cbc3e0000000000000",
                "84 a4'type'02 a3'nsp'a1'/' a4'data'91a1'x' a2'id'd38000000000000000",
                "84 a4'type'02 a3'nsp'a1'/' a4'data'91a1'x' a2'id'd40500",
                "83 a4'type'00 a3'nsp'a1'/' a2'id'00",
                "83 a4'type'01 a3'nsp'a1'/' a2'id'00",
                "84 a4'type'04 a3'nsp'a1'/' a2'id'00 a4'data'80",
                "83 a4'type'03 a3'nsp'a1'/' a4'data'90",
                "84 a4'type'03 a3'nsp'a1'/' a4'data'90 a2'id'd40000",
                // data
                "83 a4'type'00 a3'nsp'a1'/' a4'data'c0",
                "83 a4'type'00 a3'nsp'a1'/' a4'data'90",
                "83 a4'type'00 a3'nsp'a1'/' a4'data'a1'x'",
                "83 a4'type'00 a3'nsp'a1'/' a4'data'c40180",
                "83 a4'type'01 a3'nsp'a1'/' a4'data'c0",
                "83 a4'type'01 a3'nsp'a1'/' a4'data'80",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'd40000",
                "82 a4'type'02 a3'nsp'a1'/'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'c0",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'80",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'a1'x'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'c40190",
                "83 a4'type'03 a3'nsp'a1'/' a2'id'00",
                "84 a4'type'03 a3'nsp'a1'/' a2'id'00 a4'data'80",
                "82 a4'type'04 a3'nsp'a1'/'",
                "83 a4'type'04 a3'nsp'a1'/' a4'data'01",
                "83 a4'type'04 a3'nsp'a1'/' a4'data'90",
                // event names
                "83 a4'type'02 a3'nsp'a1'/' a4'data'90",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 c0",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 c3",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 90",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 80",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 c40178",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 d40000",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 cb7ff8000000000000",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 a7'connect'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 ad'connect_error'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 aa'disconnect'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 ad'disconnecting'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 ab'newListener'",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'91 ae'removeListener'",
                // values
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' c1",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' a2c328",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' a2eda0",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' a4ed80a080",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' a3eda0c0",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' 81 c0 01",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' 81 c40161 01",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' 81 90 01",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' 81 cb3ff8000000000000 01",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' d5ff0000",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' c700ff",
                "83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x' c70cff000000007fffffffffffffff",
                // members that mean nothing are checked too
                "83 a4'type'01 a3'nsp'a1'/' a7'options' c1",
                "83 a4'type'01 a3'nsp'a1'/' 90 01",
            })
    void refusesMalformedPackets(String spelled) {
        assertThatThrownBy(() -> decoder.receive(Hex.message(spelled))).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1",
                "d9ff",
                "daffff",
                "dbffffffff",
                "db7fffffff",
                "c4ff",
                "c5ffff",
                "c6ffffffff",
                "c67fffffff",
                "dcffff",
                "ddffffffff",
                "dd7fffffff",
                "deffff",
                "dfffffffff",
                "df7fffffff",
                "df40000000",
                "c7ff00",
                "c8ffff00",
                "c9ffffffff00",
                "c97fffffff00",
                "c97fffffffff",
                "d800"
            })
    void allocatesNothingForDeclaredSizes(String declaration) {
        for (var before : new String[] {"", EVENT, EVENT + "92 a1'x'", EVENT + "92 a1'x' 81 a1'k'", "81 a4'more'"}) {
            assertThatThrownBy(() -> decoder.receive(Hex.message(before + declaration)))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void refusesText() {
        assertThatThrownBy(() -> decoder.receive(EnginePacket.message(Bytes.ofUtf8("2[\"x\"]"))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("text");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(decoder.receive(Hex.message(EVENT + "92 a1'x'" + "91".repeat(510) + "90")))
                .isNotNull();
        for (var deep : new String[] {"91", "81a1'k'"}) {
            for (int depth : new int[] {512, 100_000}) {
                assertThatThrownBy(() -> decoder.receive(Hex.message(EVENT + "92 a1'x'" + deep.repeat(depth) + "90")))
                        .isInstanceOf(ProtocolException.class)
                        .hasMessageContaining("nesting");
            }
        }
    }

    @Test
    void refusesLongNamespaces() {
        assertThat(decoder.receive(Hex.message("82 a4'type'01 a3'nsp'da0200'" + "/".repeat(512) + "'")))
                .isNotNull();
        assertThatThrownBy(() -> decoder.receive(Hex.message("82 a4'type'01 a3'nsp'da0201'" + "/".repeat(513) + "'")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("513");
    }

    @Test
    void refusesTooManyBinaryValues() {
        var spelled = EVENT + "dc03ea a1'x'" + "c400".repeat(1001);
        assertThatThrownBy(() -> decoder.receive(Hex.message(spelled)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1001");
        var generous = new MsgpackParser().decoder(Json.standard(), new SocketLimits(1001, 512, 10));
        assertThat(generous.receive(Hex.message(spelled))).isNotNull();
        assertThatThrownBy(() -> generous.receive(Hex.message(EVENT + "92 a1'x' c40b" + "00".repeat(11))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("11 bytes");
    }

    @Test
    void isReadyForTheNextPacketAfterAFault() {
        assertThatThrownBy(() -> decoder.receive(Hex.message("83 a4'type'02"))).isInstanceOf(ProtocolException.class);
        assertThat(decoder.receive(Hex.message("82 a4'type'01 a3'nsp'a1'/'"))).isNotNull();
    }

    @Test
    void ofTwoMembersWithOneNameTheLastCounts() {
        assertThat(decoder.receive(
                        Hex.message("85 a4'type'01 a3'nsp'a2'/a' a4'data'91a1'x' a4'type'02 a4'data'91a1'y'")))
                .isEqualTo(decoder.receive(Hex.message("83 a4'type'02 a3'nsp'a2'/a' a4'data'91a1'y'")));
    }

    @Test
    void idsOf64BitsAndMoreAreNobodys() {
        for (String id :
                List.of("cf8000000000000000", "cfffffffffffffffff", "cb43e0000000000000", "cb7e37e43c8800759c")) {
            assertThat(decoder.receive(Hex.message("84 a4'type'02 a3'nsp'a1'/' a4'data'91a1'x' a2'id'" + id)))
                    .isEqualTo(new SocketPacket.Event(
                            "/", SocketPacket.NO_ACK, Json.standard().array("x")));
            assertThat(decoder.receive(Hex.message("84 a4'type'03 a3'nsp'a1'/' a4'data'90 a2'id'" + id)))
                    .isEqualTo(new SocketPacket.Ack(
                            "/", Long.MAX_VALUE, Json.standard().array()));
        }
    }
}
