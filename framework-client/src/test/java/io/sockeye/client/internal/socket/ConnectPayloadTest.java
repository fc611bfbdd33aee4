package io.sockeye.client.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectPayloadTest {
    @Test
    void addsTheUsersMembersToItsOwn() {
        var json = Json.standard();
        assertThat(ConnectPayload.recovering("p", null, null).raw().utf8()).isEqualTo("{\"pid\":\"p\"}");
        assertThat(ConnectPayload.recovering("p", "o", json.value(Map.of()))
                        .raw()
                        .utf8())
                .isEqualTo("{\"pid\":\"p\",\"offset\":\"o\"}");
        assertThat(ConnectPayload.recovering("p", null, json.value(Map.of("n", 1)))
                        .raw()
                        .utf8())
                .isEqualTo("{\"pid\":\"p\",\"n\":1}");
    }
}
