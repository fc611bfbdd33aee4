package io.sockeye.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The WebSocket messages of both revisions, byte by byte. */
class FramingTest {
    private static final EnginePacket TEXT = EnginePacket.message(Bytes.ofUtf8("hé"));
    private static final EnginePacket BINARY = EnginePacket.binaryMessage(Bytes.wrap(new byte[] {1, 2, 3}));
    private static final EnginePacket NO_BYTES = EnginePacket.binaryMessage(Bytes.EMPTY);

    @ParameterizedTest
    @CsvSource({
        "4, false, text 3468c3a9, binary 010203, binary",
        "3, false, text 3468c3a9, binary 04010203, binary 04",
        "3, true, text 3468c3a9, text 623441514944, text 6234",
    })
    void framesMessages(int revision, boolean base64, String text, String binary, String noBytes) {
        var framing = revision == 4 ? Framing.revision4() : Framing.revision3(base64);
        assertThat(framing.revision()).isEqualTo(revision);
        assertThat(bytes(framing.frame(TEXT))).isEqualTo(text);
        assertThat(bytes(framing.frame(BINARY))).isEqualTo(binary);
        assertThat(bytes(framing.frame(NO_BYTES))).isEqualTo(noBytes);
        for (var packet :
                List.of(TEXT, BINARY, NO_BYTES, EnginePacket.PING, EnginePacket.probe(EnginePacket.Type.PONG))) {
            var frame = framing.frame(packet);
            assertThat(framing.decode(joined(frame), frame.binary())).isEqualTo(packet);
        }
    }

    private static String bytes(Framing.Frame frame) {
        var hex = HexFormat.of().formatHex(joined(frame).toByteArray());
        return ((frame.binary() ? "binary " : "text ") + hex).trim();
    }

    private static Bytes joined(Framing.Frame frame) {
        var joined = new byte[frame.head().length() + frame.data().length()];
        frame.head().copyTo(joined, 0);
        frame.data().copyTo(joined, frame.head().length());
        return Bytes.wrap(joined);
    }
}
