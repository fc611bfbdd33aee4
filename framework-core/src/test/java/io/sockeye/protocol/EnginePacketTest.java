package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnginePacketTest {
    private static final Bytes DATA = Bytes.ofUtf8("data");

    @Test
    void mayBeCompressedUnlessItIsToldOtherwise() {
        assertThat(List.of(
                        EnginePacket.PING,
                        EnginePacket.message(DATA),
                        EnginePacket.binaryMessage(DATA),
                        EnginePacket.text(EnginePacket.Type.OPEN, DATA),
                        new EnginePacket(EnginePacket.Type.MESSAGE, DATA, true)))
                .allMatch(EnginePacket::compress);
    }

    @Test
    void anUncompressedCopyIsTheSameElse() {
        var packet = EnginePacket.binaryMessage(DATA);
        var copy = packet.uncompressed();
        assertThat(copy).isEqualTo(new EnginePacket(EnginePacket.Type.MESSAGE, DATA, true, false));
        assertThat(copy.uncompressed()).isSameAs(copy);
        assertThat(packet.compress()).isTrue();
    }

    @Test
    void onlyMessagesAreBinary() {
        assertThatThrownBy(() -> new EnginePacket(EnginePacket.Type.PING, DATA, true, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PING");
    }
}
