package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.protocol.SocketPacket.Ack;
import io.sockeye.protocol.SocketPacket.Connect;
import io.sockeye.protocol.SocketPacket.ConnectError;
import io.sockeye.protocol.SocketPacket.Disconnect;
import io.sockeye.protocol.SocketPacket.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the Socket.IO protocol specification, and some more, in both directions. */
class SocketWireTest {
    private static final Json JSON = Json.standard();
    private static final byte[] ONE = {1, 2, 3, 4};
    private static final byte[] TWO = {5, 6, 7, 8};

    static Stream<Arguments> examples() {
        return Stream.of(
                example(new Connect("/", null), "0"),
                example(new Connect("/admin", null), "0/admin,"),
                example(new Connect("/", JSON.value(Map.of("token", "123"))), "0{\"token\":\"123\"}"),
                example(new Connect("/admin", JSON.value(Map.of("token", "123"))), "0/admin,{\"token\":\"123\"}"),
                example(new Connect("/", JSON.value(Map.of("sid", "x"))), "0{\"sid\":\"x\"}"),
                example(
                        new ConnectError("/", JSON.value(Map.of("message", "Not authorized"))),
                        "4{\"message\":\"Not authorized\"}"),
                example(new ConnectError("/admin", JSON.value("no")), "4/admin,\"no\""),
                example(new Disconnect("/"), "1"),
                example(new Disconnect("/admin"), "1/admin,"),
                example(new Event("/", -1, JSON.array("foo")), "2[\"foo\"]"),
                example(new Event("/admin", -1, JSON.array("bar")), "2/admin,[\"bar\"]"),
                example(new Event("/", 12, JSON.array("foo")), "212[\"foo\"]"),
                example(new Event("/admin", 0, JSON.array("foo", 1, true)), "2/admin,0[\"foo\",1,true]"),
                example(new Event("/é", -1, JSON.array("€")), "2/é,[\"€\"]"),
                example(new Event("/admin?x=1", -1, JSON.array("a,b")), "2/admin?x=1,[\"a,b\"]"),
                example(new Event("/", -1, JSON.array(7, "x")), "2[7,\"x\"]"),
                example(new Event("/", Long.MAX_VALUE, JSON.array("x")), "29223372036854775807[\"x\"]"),
                example(new Ack("/admin", 13, JSON.array("bar")), "3/admin,13[\"bar\"]"),
                example(new Ack("/", 0, JSON.array()), "30[]"),
                example(
                        new Event("/", -1, JSON.array("baz", ONE)),
                        "51-[\"baz\",{\"_placeholder\":true,\"num\":0}]",
                        ONE),
                example(
                        new Event("/admin", -1, JSON.array("baz", ONE, TWO)),
                        "52-/admin,[\"baz\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        ONE,
                        TWO),
                example(
                        new Event("/", 7, JSON.array("baz", Map.of("deep", List.of(ONE)))),
                        "51-7[\"baz\",{\"deep\":[{\"_placeholder\":true,\"num\":0}]}]",
                        ONE),
                example(
                        new Ack("/", 15, JSON.array("bar", ONE)),
                        "61-15[\"bar\",{\"_placeholder\":true,\"num\":0}]",
                        ONE),
                example(
                        new Ack("/admin", 456, JSON.array(ONE, new byte[0])),
                        "62-/admin,456[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        ONE,
                        new byte[0]));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void encodes(SocketPacket packet, List<EnginePacket> messages) {
        assertThat(SocketEncoder.encode(packet)).isEqualTo(messages);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void decodes(SocketPacket packet, List<EnginePacket> messages) {
        var decoder = new SocketDecoder(JSON, SocketLimits.DEFAULT);
        for (EnginePacket message : messages.subList(0, messages.size() - 1)) {
            assertThat(decoder.receive(message)).isNull();
            assertThat(decoder.awaitsAttachments()).isTrue();
        }
        assertThat(decoder.receive(messages.get(messages.size() - 1))).isEqualTo(packet);
        assertThat(decoder.awaitsAttachments()).isFalse();
    }

    @Test
    void decodesAnotherPacketAfterEach() {
        var decoder = new SocketDecoder(JSON, SocketLimits.DEFAULT);
        for (int round = 0; round < 2; round++) {
            examples().forEach(example -> {
                SocketPacket last = null;
                for (EnginePacket message : messages(example)) {
                    last = decoder.receive(message);
                }
                assertThat(last).isEqualTo(example.get()[0]);
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static List<EnginePacket> messages(Arguments example) {
        return (List<EnginePacket>) example.get()[1];
    }

    private static Arguments example(SocketPacket packet, String text, byte[]... attachments) {
        List<EnginePacket> messages = new ArrayList<>();
        messages.add(EnginePacket.message(Bytes.ofUtf8(text)));
        for (byte[] attachment : attachments) {
            messages.add(EnginePacket.binaryMessage(Bytes.copyOf(attachment)));
        }
        return Arguments.of(packet, messages);
    }
}
