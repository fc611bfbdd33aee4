package io.sockeye.msgpack;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import java.util.HexFormat;

/** Messages as tests write them: hexadecimal digits, and text between quotes. */
final class Hex {
    private Hex() {}

    static EnginePacket message(String spelled) {
        return EnginePacket.binaryMessage(bytes(spelled));
    }

    /** The bytes of {@code a4'type'02}. */
    static Bytes bytes(String spelled) {
        var digits = new StringBuilder();
        String[] parts = spelled.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            digits.append(i % 2 == 0 ? parts[i].replace(" ", "") : digits(Bytes.ofUtf8(parts[i])));
        }
        return Bytes.wrap(HexFormat.of().parseHex(digits));
    }

    static String digits(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
