package io.sockeye.server.internal.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ByteProcessor;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDecoderTest {
    private static final int MAX_HEAD = 16 << 10;
    private static final String GET = "GET /a HTTP/1.1\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder(MAX_HEAD));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private List<HttpRequest> requests() {
        var requests = new ArrayList<HttpRequest>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof HttpRequest request) {
                requests.add(request);
            }
            ReferenceCountUtil.release(message);
        }
        return requests;
    }

    private void expectRight(String uri) {
        var requests = requests();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).uri()).isEqualTo(uri);
        assertThat(requests.get(0).decoderResult().isSuccess()).isTrue();
    }

    private void expectRefused() {
        var requests = requests();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).decoderResult().isFailure()).isTrue();
    }

    /** Of a first line that breaks the rules, nothing is kept. */
    @ParameterizedTest
    @ValueSource(
            strings = {"G(T /", " GET /", "BREW /", "GET /\0", "GET /socket.io/?\t", "GET /\u007f", "GET x/", "GET /\n"
            })
    void aLongFirstLineMayBeNonsense(String beginning) {
        receive(beginning + "a".repeat(MAX_HEAD) + " HTTP/1.1\r\n\r\n");
        var requests = requests();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).decoderResult().isFailure()).isTrue();
        assertThat(requests.get(0).uri()).isEqualTo("/bad-request");
    }

    @ParameterizedTest
    @CsvSource({"PATCH /a?b, PATCH /a?b", "GET  /, GET /"})
    void theBeginningOfALongFirstLineIsKnown(String beginning, String known) {
        receive(beginning + "a".repeat(MAX_HEAD) + " HTTP/1.1\r\n\r\n");
        var request = requests().get(0);
        assertThat(request.method() + " " + request.uri()).startsWith(known).hasSizeGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({"6, 16384", "14000, 100"})
    void emptyLinesBeforeARequestDoNotCount(int emptyLines, int headBytes) {
        int rest = headBytes - GET.length() - "X: \r\n\r\n".length();
        receive("\r\n".repeat(emptyLines) + GET + "X: " + "x".repeat(rest) + "\r\n\r\n");
        expectRight("/a");
    }

    @Test
    void emptyLinesMayComeInPieces() {
        for (int i = 0; i < 20_000; i++) {
            receive(i % 2 == 0 ? "\r" : "\n");
        }
        receive(GET + "X: 1\r\n\r");
        receive("\n\r\n\r");
        expectRight("/a");
        receive("\nGET /b HTTP/1.1\r\n\r\n");
        expectRight("/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n\n", "\rG", "\r\r\n", "GET /a HTTP/1.1\n", "GET /a\rb"})
    void aLineMustEndWithBothCharacters(String text) {
        receive(text);
        expectRefused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /a HTTP/1.1\r\nX: a\rb\r\n", "GET /a HTTP/1.1\r\nX: a\nb", "GET /a HTTP/1.1\r\r\n", "\rG"})
    void aLineMustEndWithBothCharactersHoweverItComes(String text) {
        text.chars().forEach(c -> receive(String.valueOf((char) c)));
        expectRefused();
    }

    @Test
    void aHeadOfExactlyTheLimitMayComeInSingleBytes() {
        int rest = MAX_HEAD - GET.length() - "X: \r\nY: 1\r\n\r\n".length();
        (GET + "X: " + "x".repeat(rest) + "\r\nY: 1\r\n\r\n").chars().forEach(c -> receive(String.valueOf((char) c)));
        expectRight("/a");
    }

    @Test
    void aHeadOfOneByteMoreIsRefused() {
        int rest = MAX_HEAD + 1 - GET.length() - "X: \r\nY: 1\r\n\r\n".length();
        (GET + "X: " + "x".repeat(rest) + "\r\nY: 1\r\n\r\n").chars().forEach(c -> receive(String.valueOf((char) c)));
        expectRefused();
    }

    @ParameterizedTest
    @CsvSource({
        "'X: 1|Y: 2', ''",
        "'X: 1| 2', a header that begins with white space",
        "'\tX: 1', a header that begins with white space",
        "'content-LENGTH: 5', content-LENGTH behind the body",
        "'X: 1\r2', a line that does not end with CRLF"
    })
    void whatFollowsABodyIsReadLikeAHeadHoweverItComes(String trailer, String fault) {
        var text = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n00a;b\r\n0123456789\r\n000;c\r\n"
                + trailer.replace("|", "\r\n") + "\r\n\r\n";
        receive(text);
        expectEnd(fault);
        if (fault.isEmpty()) {
            text.chars().forEach(c -> receive(String.valueOf((char) c)));
            expectEnd(fault);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: 1\r\n 2\r\n", "X: 1\r2", "Transfer-Encoding: a\r\n"})
    void aFaultBehindABodyIsSeenInSingleBytes(String trailer) {
        ("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n" + trailer + "\r\n\r\n")
                .chars()
                .forEach(c -> receive(String.valueOf((char) c)));
        assertThat(faultOfBody()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1, 'the head and the trailer of the request have more than 16384 bytes, see maxHeaderSize'"})
    void whatFollowsABodyCountsWithItsHead(int more, String fault) {
        var head = "POST /a HTTP/1.1\r\nX: " + "x".repeat(10_000) + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        int rest = MAX_HEAD - head.length() - "X: \r\nY: 1\r\n\r\n".length() + more;
        receive(head + "1;" + "a".repeat(10_000) + "\r\na\r\n0\r\nX: " + "x".repeat(rest) + "\r\nY: 1\r\n\r\n");
        expectEnd(fault);
    }

    private void expectEnd(String fault) {
        assertThat(faultOfBody()).isEqualTo(fault);
        if (fault.isEmpty()) {
            receive(GET + "\r\n");
            expectRight("/a");
        }
    }

    /** Of the request that was received; empty if there is none. */
    private String faultOfBody() {
        var result = DecoderResult.UNFINISHED;
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            result = ((HttpObject) message).decoderResult();
            ReferenceCountUtil.release(message);
        }
        assertThat(result.isFinished()).isTrue();
        return result.isSuccess() ? "" : String.valueOf(result.cause().getMessage());
    }

    /** A long header that comes in many small pieces must not be looked through again with each of them. */
    @Test
    void eachByteOfALineIsLookedAtAFewTimesOnly() throws Exception {
        var decoder = new RequestDecoder(MAX_HEAD);
        var sink = new EmbeddedChannel(decoder);
        var ctx = sink.pipeline().context(decoder);
        var out = new ArrayList<>();
        var in = new CountingBuffer();
        int bytes = 10_000;
        for (int i = 0; i < bytes; i++) {
            in.writeByte(i < GET.length() ? GET.charAt(i) : "X:".charAt(Math.min(1, i - GET.length())));
            decoder.decode(ctx, in, out);
        }
        assertThat(in.looked).isLessThan(10L * bytes);
        in.release();
        sink.finishAndReleaseAll();
    }

    /** Counts the bytes that were searched through. */
    private static final class CountingBuffer extends UnpooledHeapByteBuf {
        private long looked;

        CountingBuffer() {
            super(UnpooledByteBufAllocator.DEFAULT, 1 << 15, 1 << 15);
        }

        @Override
        public int indexOf(int from, int to, byte value) {
            looked += to - from;
            return super.indexOf(from, to, value);
        }

        @Override
        public int forEachByte(int index, int length, ByteProcessor processor) {
            looked += length;
            return super.forEachByte(index, length, processor);
        }

        @Override
        public int bytesBefore(int index, int length, byte value) {
            looked += length;
            return super.bytesBefore(index, length, value);
        }
    }
}
