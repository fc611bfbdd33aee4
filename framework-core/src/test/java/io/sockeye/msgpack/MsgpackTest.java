package io.sockeye.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MsgpackTest {
    private static final Json JSON = Json.standard();

    private static JsonValue read(String hex) {
        return Msgpack.read(Bytes.wrap(HexFormat.of().parseHex(hex)), JSON, SocketLimits.DEFAULT);
    }

    private static String hex(JsonValue value) {
        return HexFormat.of().formatHex(Msgpack.write(value).toByteArray());
    }

    @Test
    void writesAValueWithItsBinaryValues() {
        var map = new LinkedHashMap<String, Object>();
        map.put("n", 1);
        map.put("b", new byte[] {1, 2});
        assertThat(hex(JSON.array(map).value(0))).isEqualTo("82a16e01a162c4020102");
        assertThat(hex(JSON.value("x"))).isEqualTo("a178");
        assertThat(hex(JSON.value(null))).isEqualTo("c0");
    }

    @Test
    void readsWhatItWrites() {
        var value = read("82a16e01a162c4020102");
        assertThat(value.fields().keySet()).containsExactly("n", "b");
        assertThat(Objects.requireNonNull(value.fields().get("b")).as(byte[].class))
                .containsExactly(1, 2);
        assertThat(hex(value)).isEqualTo("82a16e01a162c4020102");
        assertThat(read("a178").as(String.class)).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "82a16e", "c1", "0101", "dfffffffff", "a5"})
    void whatIsNoValueIsRefused(String hex) {
        assertThatThrownBy(() -> read(hex)).isInstanceOf(ProtocolException.class);
    }
}
