package io.sockeye.server.internal.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * A head that is too long. It is read to its end, so that the answer can have the headers by which a browser lets the page
 * read it, but only its short lines and the beginning of its target are kept. Owned by the channel's loop.
 */
final class LongHead {
    /** What is read of a head, at most, before the answer. */
    private static final int MAX_READ = 1 << 20;
    /** Longer lines are forgotten. */
    private static final int MAX_LINE = 1024;
    /** What is kept of the headers that come too late. */
    private static final int MAX_KEPT = 8 << 10;

    private final HttpRequest request;
    private final int maxHeadBytes;
    private final boolean lineTooLong;
    private boolean begun;
    /** Whether the beginning of the present line was forgotten. */
    private boolean amidLine;

    private int read;
    private int kept;

    /**
     * @param head what was handed on of it; null unless its first line was
     * @param lineFits whether the first line is not too long
     * @param maxHeadBytes how long it may be
     * @param pending the last line that was handed on, which is not in the head yet; null if there is none
     */
    LongHead(@Nullable HttpMessage head, boolean lineFits, int maxHeadBytes, @Nullable String pending) {
        this.maxHeadBytes = maxHeadBytes;
        lineTooLong = !lineFits;
        begun = head != null;
        request = head instanceof HttpRequest known ? known : bad();
        if (begun && pending != null) {
            take(pending, pending.length());
        }
    }

    private static HttpRequest bad() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
    }

    /** A request of which nothing is known but that it breaks the rules. */
    static HttpRequest failed(Exception cause) {
        var request = bad();
        request.setDecoderResult(DecoderResult.failure(cause));
        return request;
    }

    /**
     * Takes all that has arrived.
     *
     * @return whether the head has ended, or is longer than we care to read
     */
    boolean read(ByteBuf in) {
        while (in.isReadable()) {
            int lf = RequestDecoder.lineEnd(in, in.readerIndex());
            int end = lf < 0 ? in.writerIndex() : lf;
            int length = end - in.readerIndex();
            if (lf < 0 && begun && !amidLine && length < MAX_LINE && read < MAX_READ) {
                return false; // The rest of a line that may be worth reading.
            }
            var line = in.toString(in.readerIndex(), Math.min(length, MAX_LINE), StandardCharsets.ISO_8859_1);
            read += length;
            in.readerIndex(lf < 0 ? end : lf + 1);
            boolean last = !amidLine && begun && line.isBlank();
            if (!amidLine) {
                take(line, length);
            }
            amidLine = lf < 0;
            if (last || read > MAX_READ) {
                return true;
            }
        }
        return false;
    }

    private void take(String line, int length) {
        int colon = line.indexOf(':');
        if (!begun) {
            begun = true;
            takeFirst(HeadLine.beginning(line));
        } else if (colon > 0 && length < MAX_LINE && kept + length < MAX_KEPT) {
            kept += length;
            takeHeader(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }

    /** @param parts null if the line breaks the rules: then nothing of it is kept, or shown to anyone */
    private void takeFirst(@Nullable MatchResult parts) {
        if (parts != null) {
            request.setMethod(HttpMethod.valueOf(parts.group(1))).setUri(parts.group(2));
        }
    }

    private void takeHeader(String name, String value) {
        try {
            request.headers().add(name, value);
        } catch (IllegalArgumentException e) {
            // No header at all. The request is refused in any case.
        }
    }

    /** @param what has that many bytes */
    static TooLongFrameException tooLong(String what, int maxBytes) {
        return new TooLongHttpHeaderException(what + " more than " + maxBytes + " bytes, see maxHeaderSize");
    }

    /** The request as far as it is known, marked as a failure. */
    HttpRequest failure() {
        var tooLong = tooLong("the head of the request has", maxHeadBytes);
        var cause = lineTooLong ? new TooLongHttpLineException(tooLong.getMessage()) : tooLong;
        request.setDecoderResult(DecoderResult.failure(cause));
        return request;
    }
}
