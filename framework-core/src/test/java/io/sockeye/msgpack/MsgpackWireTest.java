package io.sockeye.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonException;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.protocol.SocketPacket.Ack;
import io.sockeye.protocol.SocketPacket.Connect;
import io.sockeye.protocol.SocketPacket.ConnectError;
import io.sockeye.protocol.SocketPacket.Disconnect;
import io.sockeye.protocol.SocketPacket.Event;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets and their bytes in both directions; those that the official encoder wrote are marked so. */
class MsgpackWireTest {
    private static final Json JSON = Json.standard();
    private static final String EVENT = "83 a4'type'02 a3'nsp'a1'/' a4'data'";
    private static final byte[] ONE = {1, 2, 3, 4};
    private static final byte[] TWO = {};

    private final MsgpackParser parser = new MsgpackParser();

    static Stream<Arguments> packets() {
        return Stream.of(
                Arguments.of(new Connect("/", null), "82 a4'type'00 a3'nsp'a1'/'"),
                Arguments.of(
                        new Connect("/admin", JSON.value(Map.of("token", "abc"))),
                        "83 a4'type'00 a3'nsp'a6'/admin' a4'data'81 a5'token'a3'abc'"),
                Arguments.of(new Disconnect("/"), "82 a4'type'01 a3'nsp'a1'/'"),
                Arguments.of(new Disconnect("/admin"), "82 a4'type'01 a3'nsp'a6'/admin'"),
                Arguments.of(new Event("/", -1, JSON.array("foo")), EVENT + "91 a3'foo'"),
                Arguments.of(new Event("/", -1, JSON.array(7, "x")), EVENT + "92 07 a1'x'"),
                Arguments.of(
                        new Event("/a", 12, JSON.array("foo", 1, -1, true, false, null, 1.5, List.of(), Map.of())),
                        "84 a4'type'02 a3'nsp'a2'/a' a2'id'0c a4'data'"
                                + "99 a3'foo' 01 ff c3 c2 c0 cb3ff8000000000000 90 80"),
                Arguments.of(
                        new Event("/", Long.MAX_VALUE, JSON.array("x")),
                        "84 a4'type'02 a3'nsp'a1'/' a2'id'cf7fffffffffffffff a4'data' 91 a1'x'"),
                Arguments.of(
                        new Event("/", -1, JSON.array("b", Map.of("k", List.of(ONE)), TWO)),
                        EVENT + "93 a1'b' 81 a1'k' 91 c40401020304 c400"),
                Arguments.of(
                        new Event("/", -1, JSON.array("€", "a\"\n\u0000😀")), EVENT + "92 a3'€' a8'a\"\n\u0000😀'"),
                Arguments.of(new Ack("/", 0, JSON.array()), "84 a4'type'03 a3'nsp'a1'/' a2'id'00 a4'data'90"),
                Arguments.of(
                        new Ack("/admin", 300, JSON.array(ONE)),
                        "84 a4'type'03 a3'nsp'a6'/admin' a2'id'cd012c a4'data'91 c40401020304"),
                Arguments.of(
                        new ConnectError("/", JSON.value(Map.of("message", "no"))),
                        "83 a4'type'04 a3'nsp'a1'/' a4'data'81 a7'message'a2'no'"),
                Arguments.of(new ConnectError("/", JSON.value("no")), "83 a4'type'04 a3'nsp'a1'/' a4'data'a2'no'"));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void encodes(SocketPacket packet, String spelled) {
        assertThat(parser.encode(packet)).containsExactly(Hex.message(spelled));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void decodes(SocketPacket packet, String spelled) {
        assertThat(decode(Hex.bytes(spelled))).isEqualTo(packet);
    }

    static Stream<Arguments> writtenByTheOfficialEncoder() {
        return Stream.of(
                Arguments.of("83a47479706500a464617461d40000a36e7370a12f", new Connect("/", null)),
                Arguments.of(
                        "83a47479706500a46461746181a5746f6b656ea3616263a36e7370a62f61646d696e",
                        new Connect("/admin", JSON.value(Map.of("token", "abc")))),
                Arguments.of("82a47479706501a36e7370a62f61646d696e", new Disconnect("/admin")),
                Arguments.of(
                        "85a47479706502a46461746195a3666f6f01ffc3c0a76f7074696f6e7381a8636f6d7072657373c3a269640ca36e7370a12f",
                        new Event("/", 12, JSON.array("foo", 1, -1, true, null))),
                Arguments.of(
                        "84a47479706502a46461746193a175d4000081a161d40000a26964d40000a36e7370a12f",
                        event("[\"u\",null,{\"a\":null}]")),
                Arguments.of(
                        "83a47479706502a46461746193a164d7000000016f5e66e800d700ffffffffffffffffa36e7370a12f",
                        event("[\"d\",\"2020-01-01T00:00:00.000Z\",\"1969-12-31T23:59:59.999Z\"]")),
                Arguments.of(
                        "83a47479706502a46461746194a162c70300010203c4020405c70000a36e7370a12f",
                        new Event("/", -1, JSON.array("b", new byte[] {1, 2, 3}, new byte[] {4, 5}, new byte[0]))),
                Arguments.of(
                        "83a47479706502a4646174619aa16ecb7ff8000000000000cb7ff0000000000000cbfff000000000000000"
                                + "cb3ff8000000000000cf0000000000000000cf0020000000000000d3ffffff0000000000"
                                + "cf8000000000000000a36e7370a12f",
                        event("[\"n\",null,null,null,0,1.5,0,9007199254740992,-1099511627776,9223372036854775808]")),
                Arguments.of("84a47479706503a46461746190a2696400a36e7370a12f", new Ack("/", 0, JSON.array())),
                Arguments.of(
                        "83a47479706504a46461746181a76d657373616765a26e6fa36e7370a12f",
                        new ConnectError("/", JSON.value(Map.of("message", "no")))),
                // notepack.io 3
                Arguments.of(
                        "83a47479706502a46461746194a164d6ff5e0be100d7ff01312d005e0be100"
                                + "c70cff3b8b87c0ffffffffffffffffa36e7370a12f",
                        event("[\"d\",\"2020-01-01T00:00:00.000Z\",\"2020-01-01T00:00:00.005Z\","
                                + "\"1969-12-31T23:59:59.999Z\"]")),
                Arguments.of(
                        "83a47479706502a46461746194a162c403010203c40104c0a36e7370a12f",
                        new Event("/", -1, JSON.array("b", new byte[] {1, 2, 3}, new byte[] {4}, null))));
    }

    @ParameterizedTest
    @MethodSource("writtenByTheOfficialEncoder")
    void decodesWhatTheOfficialEncoderWrote(String digits, SocketPacket packet) {
        assertThat(decode(Hex.bytes(digits))).isEqualTo(packet);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, cc80",
        "255, ccff",
        "256, cd0100",
        "65536, ce00010000",
        "4294967296, cf0000000100000000",
        "9007199254740993, cf0020000000000001",
        "9223372036854775807, cf7fffffffffffffff",
        "9223372036854775808, cf8000000000000000",
        "18446744073709551615, cfffffffffffffffff",
        "-1, ff",
        "-32, e0",
        "-33, d0df",
        "-129, d1ff7f",
        "-32769, d2ffff7fff",
        "-2147483649, d3ffffffff7fffffff",
        "-9223372036854775808, d38000000000000000",
        "1.5, cb3ff8000000000000"
    })
    void numbersKeepAllTheirDigits(String json, String digits) {
        var packet = event("[\"n\"," + json + "]");
        assertThat(parser.encode(packet)).containsExactly(Hex.message(EVENT + "92 a1'n'" + digits));
        assertThat(decode(Hex.bytes(EVENT + "92 a1'n'" + digits))).isEqualTo(packet);
    }

    @ParameterizedTest
    @CsvSource({
        "-0, cb8000000000000000",
        "1.0, cb3ff0000000000000",
        "1e3, cb408f400000000000",
        "18446744073709551616, cb43f0000000000000",
        "123456789012345680000000000000, cb45f8ee90ff6c373e",
        "0.1, cb3fb999999999999a"
    })
    void otherNumbersAreWrittenAsJavaScriptUnderstandsThem(String json, String digits) {
        assertThat(parser.encode(event("[\"n\"," + json + "]")))
                .containsExactly(Hex.message(EVENT + "92 a1'n'" + digits));
    }

    @ParameterizedTest
    @CsvSource({
        "cb4059000000000000, 100",
        "cb8000000000000000, 0",
        "cb43e0000000000000, 9.223372036854775807E18",
        "cb43dfffffffffffff, 9223372036854774784",
        "cbc3e0000000000000, -9223372036854775808",
        "ca3fc00000, 1.5",
        "ca7fc00000, null",
        "caff800000, null",
        "cb3ff199999999999a, 1.1",
        "cbfff0000000000000, null",
        "d0ff, -1",
        "cc05, 5",
        "ce00000005, 5",
        "d3ffffffffffffffff, -1",
        "cf0000000000000007, 7"
    })
    void numbersMayComeInAnyForm(String digits, String json) {
        var arguments = ((Event) decode(Hex.bytes(EVENT + "92 a1'n'" + digits))).arguments();
        assertThat(arguments.value(1).raw().utf8())
                .isEqualTo(json.replace("9.223372036854775807E18", "9.223372036854776E18"));
    }

    @ParameterizedTest
    @CsvSource({
        "d700001eb208c2dc0000, +275760-09-13T00:00:00.000Z",
        "d700001eb208c2dc0001, null",
        "d7008000000000000000, null",
        "c70cff00000000000007dba8218001, null",
        "c70cff00000001000000005e0be100, 2020-01-01T00:00:00.000000001Z",
        "d7ff0000000100000000, 2106-02-07T06:28:16.000Z"
    })
    void datesAreTextAsFarAsJavaScriptHasThem(String digits, String expected) {
        var value = ((Event) decode(Hex.bytes(EVENT + "92 a1'd'" + digits))).arguments();
        assertThat(String.valueOf(value.get(1, String.class))).isEqualTo(expected);
    }

    @Test
    void typeAndIdMayBeFloats() {
        assertThat(decode(Hex.bytes(
                        "84 a4'type'cb4000000000000000 a3'nsp'a1'/' a2'id'cb4028000000000000 a4'data'91 a1'x'")))
                .isEqualTo(new Event("/", 12, JSON.array("x")));
        assertThat(decode(Hex.bytes("84 a4'type'ca40000000 a3'nsp'a1'/' a2'id'ca41400000 a4'data'91 a1'x'")))
                .isEqualTo(new Event("/", 12, JSON.array("x")));
    }

    @Test
    void sizesAndLengthsMayBeLongerThanNeeded() {
        assertThat(decode(Hex.bytes("df00000003 d904'type'02 da0003'nsp'db00000001'/' a4'data'"
                        + "dd00000003 a1'x' de0001 a1'k' dc0000 c600000001 09")))
                .isEqualTo(new Event("/", -1, JSON.array("x", Map.of("k", List.of()), new byte[] {9})));
    }

    @Test
    void integerKeysAreTextAsInJavaScript() {
        assertThat(decode(Hex.bytes(EVENT + "92 a1'x' 82 05 c3 d0f6 c2")))
                .isEqualTo(event("[\"x\",{\"5\":true,\"-10\":false}]"));
    }

    @Test
    void unknownExtensionsAreTheirTypeAndBytesAsInTheReference() {
        assertThat(decode(Hex.bytes(EVENT + "96 a1'x' d40507 d50001ff c7020a0102 d6000a0b0c0d 01")))
                .isEqualTo(new Event(
                        "/",
                        -1,
                        JSON.array(
                                "x",
                                Arrays.asList(5, new byte[] {7}),
                                Arrays.asList(0, new byte[] {1, -1}),
                                Arrays.asList(10, new byte[] {1, 2}),
                                Arrays.asList(0, new byte[] {10, 11, 12, 13}),
                                1)));
    }

    @Test
    void dataThatLooksLikeAPlaceholderIsNoAttachment() {
        var lookalike = "82 ac'_placeholder'c3 a3'num'00";
        for (var spelled : List.of(
                EVENT + "93 a1'x'" + lookalike + "c40107", EVENT + "93 a1'x' " + lookalike + " 91" + lookalike)) {
            var packet = decode(Hex.bytes(spelled));
            var arguments = ((Event) packet).arguments();
            assertThat(arguments.get(1, Object.class)).isEqualTo(Map.of("_placeholder", true, "num", 0));
            assertThat(parser.encode(packet)).containsExactly(Hex.message(spelled));
            assertThat(parser.encode(new Event("/", -1, JSON.array("x", arguments.value(1), arguments.value(2)))))
                    .containsExactly(Hex.message(spelled));
        }
    }

    @Test
    void valuesOfJavaAreWrittenAsJacksonWritesThem() {
        var arguments = JSON.array("x", new Point(1, 2.5), Map.of("big", new BigInteger("18446744073709551615")));
        assertThat(parser.encode(new Event("/", -1, arguments)))
                .containsExactly(Hex.message(
                        EVENT + "93 a1'x' 82 a1'x'01 a1'y'cb4004000000000000" + "81 a3'big' cfffffffffffffffff"));
    }

    private record Point(int x, double y) {}

    @Test
    void halvesOfSurrogatePairsKeepTheirCodePoints() {
        var event = new Event("/", -1, JSON.array("x", "a\ud800ü", Map.of("😀\udc00\ud800", "\udfff")));
        var message = EVENT + "93 a1'x' a6'a'eda080c3bc 81 aaf09f9880edb080eda080 a3edbfbf";
        assertThat(parser.encode(event)).containsExactly(Hex.message(message));
        var back = (Event) decode(Hex.bytes(message));
        assertThat(back).isEqualTo(event);
        assertThat(back.arguments().get(1, String.class)).isEqualTo("a\ud800ü");
    }

    @Test
    void numbersBeyond64BitsAreThoseOfJavaScript() {
        var event = new Event(
                "/",
                -1,
                JSON.array(
                        "x",
                        new BigInteger("1180591620717411303424"), // 2^70
                        new BigInteger("-590295810358705700000"), // -(2^69) as JavaScript writes it
                        new BigDecimal("0.33333333333333333333"),
                        Double.NaN));
        var message = EVENT + "95 a1'x' cb4450000000000000 cbc440000000000000 cb3fd5555555555555 c0";
        assertThat(parser.encode(event)).containsExactly(Hex.message(message));
        var back = ((Event) decode(Hex.bytes(message))).arguments();
        assertThat(back.get(1, BigInteger.class)).isEqualTo(new BigInteger("1180591620717411300000"));
        assertThat((double) back.get(4, double.class)).isNaN();
        assertThat((float) back.get(4, float.class)).isNaN();
    }

    /** As the reference, which encodes no BigInt. */
    @Test
    void numbersThatWouldArriveAsOthersAreRefused() {
        for (var number : List.of(
                new BigInteger("18446744073709551617"),
                new BigInteger("-9223372036854775809"),
                new BigInteger("123456789012345678901234567890"),
                BigInteger.TEN.pow(900),
                new BigDecimal("1E+400"),
                new BigDecimal("-1.5E+400"))) {
            var event = new Event("/", -1, JSON.array("x", Map.of("n", number)));
            assertThatThrownBy(() -> parser.encode(event))
                    .isInstanceOf(JsonException.class)
                    .hasMessageStartingWith("MessagePack has no such number: "
                            + number.toString()
                                    .substring(0, Math.min(number.toString().length(), 30)))
                    .hasMessageEndingWith(
                            ", %d characters; send it as a string",
                            number.toString().length());
        }
    }

    @Test
    void theAuthPayloadMayHoldBinaryValues() {
        var connect = (Connect) decode(Hex.bytes("83 a4'type'00 a3'nsp'a1'/' a4'data'81 a1'k'c40107"));
        assertThat(connect.payload()).isNotNull();
        if (connect.payload() != null) {
            assertThat(connect.payload().copy().as(Key.class).k()).isEqualTo(new byte[] {7});
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Key(byte[] k) {}

    @Test
    void manyBinaryValuesAreRead() {
        var spelled = new StringBuilder(EVENT + "dc03e9 a1'x'");
        spelled.append("c400".repeat(1000));
        assertThat(((Event) decode(Hex.bytes(spelled.toString()))).arguments().attachments())
                .hasSize(1000);
    }

    @Test
    void withoutTheLibraryTheErrorNamesIt() {
        assertThatThrownBy(() -> new MsgpackParser(ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("org.msgpack:msgpack-core");
    }

    private static Event event(String json) {
        JsonArray arguments = JSON.readArray(Bytes.ofUtf8(json), 0);
        return new Event("/", -1, arguments);
    }

    private SocketPacket decode(Bytes message) {
        return Objects.requireNonNull(
                parser.decoder(JSON, SocketLimits.DEFAULT).receive(EnginePacket.binaryMessage(message)));
    }
}
