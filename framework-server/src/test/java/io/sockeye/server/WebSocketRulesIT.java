package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.PerMessageDeflate;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 6455 case by case. A row is what the client sends, frames as "first byte, colon, payload", both in hexadecimal, and
 * all that the server sends then: each in one segment, and again byte by byte. The server echoes {@code 421["e",…]}.
 */
@Timeout(60)
class WebSocketRulesIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder ->
                builder.loops(1).handlersOnEventLoop().maxPayload(2_000).perMessageDeflate(PerMessageDeflate.DEFAULT));
        server.on("e", (socket, args) -> args.ack(args.value(0)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a message                          | 81:ECHO                              | ACK
            an empty fragment at the start     | 01: 80:ECHO                          | ACK
            an empty fragment at the end       | 01:ECHO 80:                          | ACK
            empty fragments                    | 01: 00: 00:ECHO 00: 80:              | ACK
            a ping                             | 89:                                  | PONG()
            a ping with a payload              | 89:00ff00                            | PONG(00ff00)
            a ping of 125 bytes                | 89:x125                              | PONG(x125)
            a ping amid fragments              | 01:ECHO 89:70 80:                    | PONG(70) ACK
            two pings amid fragments           | 01: 89:70 00:ECHO 89:71 80:          | PONG(70) PONG(71) ACK
            a pong that nobody asked for       | 8a: 81:ECHO                          | ACK
            a pong amid fragments              | 01:ECHO 8a:70 80:                    | ACK
            ten pings                          | 89:30 89:31 89:32 89:33 89:34 89:35 89:36 89:37 89:38 89:39 | PONG(30) PONG(31) PONG(32) PONG(33) PONG(34) PONG(35) PONG(36) PONG(37) PONG(38) PONG(39)
            a ping, then a close frame         | 89:70 88:                            | PONG(70) CLOSE()
            a close frame amid fragments       | 01:ECHO 88:03e8                      | CLOSE(03e8)
            a close frame with a reason        | 88:03e8c3bc                          | CLOSE(03e8c3bc)
            a close frame of 125 bytes         | 88:03e8x123                          | CLOSE(03e8x123)
            a message after a close frame      | 88:03e8 81:ECHO                      | CLOSE(03e8)
            a ping after a close frame         | 88:03e8 89:70                        | CLOSE(03e8)
            two close frames                   | 88:03e8 88:03e9                      | CLOSE(03e8)
            a fault after a close frame        | 88:03e8 ff:                          | CLOSE(03e8)
            a fault after a message            | 81:ECHO 83:                          | ACK CLOSE(03ea)
            a ping of 126 bytes                | 89:x126                              | CLOSE(03ea)
            a pong of 126 bytes                | 8a:x126                              | CLOSE(03ea)
            a close frame of 126 bytes         | 88:03e8x124                          | CLOSE(03ea)
            a ping in fragments                | 09:70 80:71                          | CLOSE(03ea)
            a pong in fragments                | 0a:70 80:71                          | CLOSE(03ea)
            a close frame in fragments         | 08:03 80:e8                          | CLOSE(03ea)
            reserved bit 1 in a message        | c1:ECHO                              | CLOSE(03ea)
            reserved bit 2 in a message        | a1:ECHO                              | CLOSE(03ea)
            reserved bit 3 in a message        | 91:ECHO                              | CLOSE(03ea)
            reserved bit 1 in a ping           | c9:                                  | CLOSE(03ea)
            reserved bit 2 in a ping           | a9:                                  | CLOSE(03ea)
            reserved bit 1 in a pong           | ca:                                  | CLOSE(03ea)
            reserved bit 3 in a close frame    | 98:                                  | CLOSE(03ea)
            reserved bit 1 in a continuation   | 01:34 c0:ECHO                        | CLOSE(03ea)
            opcode 3                           | 83:                                  | CLOSE(03ea)
            opcode 4                           | 84:ECHO                              | CLOSE(03ea)
            opcode 5                           | 85:                                  | CLOSE(03ea)
            opcode 6                           | 86:                                  | CLOSE(03ea)
            opcode 7                           | 87:                                  | CLOSE(03ea)
            opcode 11                          | 8b:                                  | CLOSE(03ea)
            opcode 12                          | 8c:ECHO                              | CLOSE(03ea)
            opcode 13                          | 8d:                                  | CLOSE(03ea)
            opcode 14                          | 8e:                                  | CLOSE(03ea)
            opcode 15                          | 8f:                                  | CLOSE(03ea)
            a reserved opcode amid fragments   | 01:34 83:                            | CLOSE(03ea)
            a continuation of nothing          | 80:ECHO                              | CLOSE(03ea)
            one with more to come              | 00:ECHO                              | CLOSE(03ea)
            a continuation after the last      | 01:ECHO 80: 80:                      | ACK CLOSE(03ea)
            a text amid fragments              | 01:34 81:ECHO                        | CLOSE(03ea)
            binary amid fragments              | 01:34 82:00                          | CLOSE(03ea)
            a new beginning amid fragments     | 01:34 01:32                          | CLOSE(03ea)
            no mask                            | -81:ECHO                             | CLOSE(03ea)
            a ping without a mask              | -89:                                 | CLOSE(03ea)
            a close frame without a mask       | -88:                                 | CLOSE(03ea)
            a close frame of one byte          | 88:03                                | CLOSE(03ea)
            a long form of a short length      | RAW:81fe007d                         | CLOSE(03ea)
            a longer form of a length          | RAW:81ff000000000000ffff             | CLOSE(03ea)
            a length with its highest bit set  | RAW:81ff8000000000000000             | CLOSE(03ea)
            a length of 2^63-1                 | RAW:81ff7fffffffffffffff             | CLOSE(03f1)
            a message that is too long         | RAW:81fe07d1                         | CLOSE(03f1)
            fragments that are too long        | 01:34x1000 RAW:80fe03e8              | CLOSE(03f1)
            text that is no UTF-8              | 81:34ff                              | CLOSE(03ef)
            a character in the overlong form   | 81:34c0af                            | CLOSE(03ef)
            a NUL in two bytes                 | 81:34c080                            | CLOSE(03ef)
            half a surrogate                   | 81:34eda080                          | CLOSE(03ef)
            a pair of surrogates               | 81:34eda080edb080                    | CLOSE(03ef)
            a character beyond U+10FFFF        | 81:34f4908080                        | CLOSE(03ef)
            a character of five bytes          | 81:34f888808080                      | CLOSE(03ef)
            half a character                   | 81:34e282                            | CLOSE(03ef)
            half a character at the end        | 01:34e2 80:82                        | CLOSE(03ef)
            bad UTF-8 in a fragment            | 01:34 00:ff                          | CLOSE(03ef)
            bad UTF-8 in the last fragment     | 01:34 80:ff                          | CLOSE(03ef)
            a character in two fragments       | 01:ECHOc3 80:bcEND                   | ACK(c3bc)
            a character in four fragments      | 01:ECHOf0 00:9f 00:98 00:80 80:END   | ACK(f09f9880)
            with a ping and a close frame      | 01:ECHOf0 89:ff 00:9f9880 80:END 88: | PONG(ff) ACK(f09f9880) CLOSE()
            a reason that is no UTF-8          | 88:03e8ff                            | CLOSE(03ef)
            a reason with half a character     | 88:03e8e282                          | CLOSE(03ef)
            a reason with a surrogate          | 88:03e8eda080                        | CLOSE(03ef)
            """)
    void followsTheRules(String what, String sent, String answers) throws Exception {
        var bytes = bytes(sent);
        for (boolean whole : new boolean[] {true, false}) {
            try (var client = WebSocketClient.join(server)) {
                send(client, bytes, whole);
                assertAnswers(client, answers);
            }
        }
    }

    /** "Status codes in the range 0-999 are not used", 1004 to 1006 and 1015 must not be sent, 5000 and more do not exist. */
    @Test
    void closeCodesAreThoseOfTheRegistry() throws Exception {
        var wrong = List.of(
                0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 5001, 9999, 32767, 32768, 65535);
        var right = List.of(
                1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4999);
        for (var codes : List.of(wrong, right)) {
            for (int code : codes) {
                try (var client = WebSocketClient.join(server)) {
                    var sent = "%04x".formatted(code);
                    send(client, bytes("88:" + sent + "62"), true);
                    assertAnswers(client, codes == right ? "CLOSE(" + sent + "62)" : "CLOSE(03ea)");
                }
            }
        }
    }

    private static void send(WebSocketClient client, byte[] bytes, boolean whole) throws Exception {
        try {
            if (whole) {
                client.wire().send(bytes);
                return;
            }
            for (byte next : bytes) {
                client.wire().send(new byte[] {next});
            }
        } catch (SocketException e) {
            // The server has seen enough.
        }
    }

    private static void assertAnswers(WebSocketClient client, String answers) throws Exception {
        var got = new ArrayList<String>();
        var wanted = List.of(answers.split(" ", -1));
        for (int i = 0; i < wanted.size(); i++) {
            got.add(show(client.nextFrame()));
        }
        assertThat(got).isEqualTo(wanted.stream().map(WebSocketRulesIT::spell).toList());
        if (answers.contains("CLOSE")) {
            ends(client);
        }
    }

    /** Nothing follows a close frame. */
    private static void ends(WebSocketClient client) throws Exception {
        try {
            assertThat(client.wire().readByte())
                    .as("a byte after the close frame")
                    .isNull();
        } catch (EOFException | SocketException e) {
            // As it should be.
        }
    }

    private static String show(WebSocketClient.Frame frame) {
        var hex = HexFormat.of().formatHex(frame.payload().toByteArray());
        return switch (frame.first()) {
            case 0x81 -> frame.payload().utf8();
            case 0x88 -> "CLOSE(" + hex + ")";
            case 0x8a -> "PONG(" + hex + ")";
            default -> Integer.toHexString(frame.first()) + ":" + hex;
        };
    }

    private static String spell(String answer) {
        if (answer.startsWith("ACK")) {
            var text = answer.length() == 3 ? "" : answer.substring(4, answer.length() - 1);
            return "431[\"" + new String(HexFormat.of().parseHex(text), java.nio.charset.StandardCharsets.UTF_8)
                    + "\"]";
        }
        int pad = answer.indexOf('x');
        if (pad < 0) {
            return answer;
        }
        int count = Integer.parseInt(answer.substring(pad + 1, answer.length() - 1));
        return answer.substring(0, pad) + "78".repeat(count) + ")";
    }

    private static byte[] bytes(String frames) {
        var bytes = new ByteArrayOutputStream();
        for (var frame : frames.split(" ", -1)) {
            int colon = frame.indexOf(':');
            var payload = payload(frame.substring(colon + 1));
            if (frame.startsWith("RAW")) {
                bytes.writeBytes(payload);
                continue;
            }
            boolean masked = !frame.startsWith("-");
            int first = Integer.parseInt(frame.substring(masked ? 0 : 1, colon), 16);
            bytes.writeBytes(WebSocketClient.encode(first, payload, masked));
        }
        return bytes.toByteArray();
    }

    /** ECHO is the begin of a request; it is also its end, unless END comes; x and a number are so many of the letter. */
    private static byte[] payload(String text) {
        var begin = hex("421[\"e\",\"");
        var end = hex("\"]");
        var hex =
                text.equals("ECHO") ? begin + end : text.replace("ECHO", begin).replace("END", end);
        int pad = hex.indexOf('x');
        if (pad >= 0) {
            hex = hex.substring(0, pad) + "78".repeat(Integer.parseInt(hex.substring(pad + 1)));
        }
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
