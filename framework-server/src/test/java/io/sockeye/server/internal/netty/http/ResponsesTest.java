package io.sockeye.server.internal.netty.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

    @Test
    void anAnswerWithoutSuchAStatusKeepsNoBuffer() {
        var content = List.of(Bytes.ofUtf8("hello"));
        assertThatThrownBy(() -> Responses.whole(-1, HttpHeaders.NONE, content, request, allocator))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }
}
