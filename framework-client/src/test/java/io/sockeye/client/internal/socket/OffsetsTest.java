package io.sockeye.client.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetsTest {
    private static final String REDIS_OFFSET = "1795745400000-7";

    @ParameterizedTest
    @CsvSource({
        "Sockeye, aZ09-_xy.1a",
        "Redis streams, 1795745400000-17",
        "MongoDB, 65f1c0ffee65f1c0ffee65f1",
        "Node in memory, PYo9p40",
        "Node in memory when busy, PYo9p40.0"
    })
    void knowsTheOffsetsOfServers(String server, String offset) {
        long november2026 = 1_795_745_400_000L;
        var offsets = new Offsets();
        offsets.record(Json.standard().array("news", 1, yeastOf(november2026, offset)), november2026);
        assertThat(offsets.last()).as(server).isEqualTo(yeastOf(november2026, offset));
    }

    /** The time as Node writes it, where the example stands for one. */
    private static String yeastOf(long time, String offset) {
        if (!offset.startsWith("PYo9p40")) {
            return offset;
        }
        var digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
        var text = new StringBuilder();
        for (long rest = time; rest > 0; rest /= 64) {
            text.insert(0, digits.charAt((int) (rest % 64)));
        }
        return text + offset.substring(7);
    }

    @Test
    void keepsToTheFormThatTheServerSendsMost() {
        var offsets = new Offsets();
        offsets.record(Json.standard().array("news", REDIS_OFFSET), 0);
        offsets.record(Json.standard().array("news", REDIS_OFFSET), 0);
        offsets.record(Json.standard().array("id", "65f1c0ffee65f1c0ffee65f1"), 0);
        assertThat(offsets.last()).isEqualTo(REDIS_OFFSET);
        offsets.reset();
        assertThat(offsets.last()).isNull();
    }
}
