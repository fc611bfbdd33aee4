package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What once broke the parsers of others. */
class SocketDecoderCveTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    private final SocketDecoder decoder = new SocketDecoder(Json.standard(), SocketLimits.DEFAULT);

    @Test
    void cve2020_36049_readsLongPacketsOnce() {
        assertThat(text("2[\"x\",\"" + "a".repeat(1_000_000) + "\"]")).isNotNull();
        assertThat(text("2[\"x\"" + ",1".repeat(500_000) + "]")).isNotNull();
        assertThat(text("2[\"x\"" + ",\"\\u0041\"".repeat(100_000) + "]")).isNotNull();
        assertRefused("2" + "0".repeat(1_000_000));
        assertThat(text("2" + "1".repeat(1_000_000) + "[\"x\"]")).isNotNull();
        assertRefused("2" + "1".repeat(1_000_000));
        assertRefused("5" + "0".repeat(1_000_000));
        assertRefused("2/" + "/".repeat(1_000_000));
    }

    @Test
    void cve2022_2421_placeholderNumberMustBeAnIndex() {
        for (String num :
                new String[] {"-1", "1", "\"0\"", "0.0", "1e0", "true", "null", "{}", "\"splice\"", "2147483648"}) {
            assertRefused("51-[\"x\",{\"_placeholder\":true,\"num\":" + num + "}]");
        }
        assertRefused("52-[\"x\"," + PLACEHOLDER + "," + PLACEHOLDER + "]");
        assertRefused("51-[\"x\"," + PLACEHOLDER + "," + PLACEHOLDER + "]");
    }

    @Test
    void cve2022_25867_refusesIncompletePacketsInsteadOfFailing() {
        for (String text : new String[] {"", "2", "3", "4", "5", "6", "51", "51-", "2/", "3/a,", "2[", "21"}) {
            assertRefused(text);
        }
    }

    @Test
    void cve2023_32695_eventNameMustBeTextOrNumber() {
        for (String name : new String[] {"{\"toString\":\"x\"}", "[\"x\"]", "null", "true", PLACEHOLDER}) {
            assertRefused("2[" + name + ",1]");
        }
        assertRefused("51-[" + PLACEHOLDER + ",1]");
    }

    @Test
    void cve2024_38355_refusesReservedEventNames() {
        assertRefused("2[\"disconnect\"]").hasMessage("reserved event name: disconnect");
        assertThat(text("2[\"error\"]")).isNotNull();
    }

    @Test
    void cve2026_33151_limitsTheNumberOfAttachments() {
        assertRefused("511-[\"x\"]").hasMessage("attachments: 11, limit 10 (maxAttachments)");
        var text = new StringBuilder("510-[\"x\"");
        for (int i = 0; i < 10; i++) {
            text.append(",{\"_placeholder\":true,\"num\":").append(i).append('}');
        }
        assertThat(text(text.append(']').toString())).isNull();
        for (int i = 0; i < 9; i++) {
            assertThat(binary(1)).isNull();
        }
        assertThat(binary(1)).isNotNull();
    }

    @Test
    void cve2022_45688_limitsTheDepthOfJson() {
        assertRefused("2[\"x\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]");
        assertRefused("0" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
        assertRefused("51-[\"x\"," + PLACEHOLDER + "," + "[".repeat(100_000));
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String text) {
        return assertThatThrownBy(() -> text(text))
                .as(text.length() > 100 ? text.substring(0, 100) : text)
                .isInstanceOf(ProtocolException.class);
    }

    private @Nullable SocketPacket text(String text) {
        return decoder.receive(EnginePacket.message(Bytes.ofUtf8(text)));
    }

    private @Nullable SocketPacket binary(int length) {
        return decoder.receive(EnginePacket.binaryMessage(Bytes.wrap(new byte[length])));
    }
}
