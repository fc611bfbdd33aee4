package io.sockeye.server.internal.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private final List<String> out = new ArrayList<>();

    private RequestBody body(long announced, int max) {
        return new RequestBody(announced, max, body -> out.add(body.utf8()), () -> out.add("too large"));
    }

    private static boolean receive(RequestBody body, String part, boolean last) {
        return body.receive(Unpooled.copiedBuffer(part, US_ASCII), last);
    }

    @Test
    void handsOverWhatCame() {
        var body = body(6, 10);
        assertThat(receive(body, "ab", false)).isTrue();
        assertThat(receive(body, "cde", false)).isTrue();
        assertThat(receive(body, "f", true)).isFalse();
        assertThat(receive(body(-1, 10), "whole", true)).isFalse();
        assertThat(receive(body(0, 10), "", true)).isFalse();
        assertThat(out).containsExactly("abcdef", "whole", "");
    }

    @Test
    void holdsNoMoreThanWasAnnouncedAndTwiceWhatCame() {
        var body = body(7, 100);
        receive(body, "ab", false);
        assertThat(body.held()).isEqualTo(4);
        receive(body, "cde", false);
        assertThat(body.held()).isEqualTo(7);
        receive(body, "fg", true);
        assertThat(body.held()).isEqualTo(7);
        assertThat(out).containsExactly("abcdefg");
    }

    @Test
    void holdsNoMoreThanMayComeWhereNothingIsAnnounced() {
        var body = body(-1, 7);
        receive(body, "abcde", false);
        assertThat(body.held()).isEqualTo(7);
        receive(body, "f", true);
        assertThat(out).containsExactly("abcdef");
    }

    @Test
    void refusesWhatIsTooLongAsSoonAsItIsKnown() {
        assertThat(receive(body(11, 10), "a", false)).isFalse();
        var chunked = body(-1, 3);
        assertThat(receive(chunked, "ab", false)).isTrue();
        assertThat(receive(chunked, "cd", false)).isFalse();
        assertThat(out).containsExactly("too large", "too large");
    }
}
