package io.sockeye.server.internal.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests as strictly as Node: looks at each line of a head, or of what follows the last chunk of a body, before
 * Netty's decoder takes it, which would join folded lines and leave out characters. Nothing that follows a fault is read.
 * Owned by the channel's loop.
 */
class RequestDecoder extends HttpRequestDecoder {
    /** In which time the rest of a head must come that is too long, to be looked at before the answer. */
    private static final long REST_MILLIS = 500;

    private static final short CRLF = '\r' << 8 | '\n';

    /** What the objects of a header take, about. */
    private static final int HEADER_OVERHEAD = 140;

    private final int maxHeadBytes;
    private boolean inHead = true;
    /** Whether the last chunk of a body was read, but not the headers that may follow it. */
    private boolean inTrailer;
    /** Whether the first line of the present head was read. */
    private boolean begun;
    /** Of the present head, and of what follows its body, those that were handed on. */
    private int headBytes;
    /** Headers of the present head that were handed on. */
    private int headers;
    /** What the last whole head takes, about. */
    private int lastHeadBytes;
    /** Of the line that is not whole yet: so many bytes were looked at, and have no line end. */
    private int seen;
    /** The present head, once its first line was handed on. */
    private @Nullable HttpMessage head;
    /** The last line of the present head that was handed on: Netty keeps it until it has seen that the next one is another header. */
    private @Nullable String lastLine;
    /** Not null while the rest of a head is read that is too long. */
    private @Nullable LongHead tooLong;

    /** Stands for the present head; null unless somebody has asked for it. */
    private @Nullable Object headToken;

    private boolean failed;

    /** @param maxHeadBytes of the first line and the headers of one request, also those behind its body */
    RequestDecoder(int maxHeadBytes) {
        // What is counted here is more than what Netty counts, so that its own limits are never met in a head.
        super(new HttpDecoderConfig().setMaxInitialLineLength(maxHeadBytes).setMaxHeaderSize(maxHeadBytes));
        this.maxHeadBytes = maxHeadBytes;
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) throws Exception {
        var message = super.createMessage(initialLine);
        head = message;
        return message;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (failed) {
            in.skipBytes(in.readableBytes());
        } else if (tooLong != null) {
            readOn(tooLong, in, out);
        } else if (inTrailer) {
            decodeTrailer(ctx, in, out);
        } else if (!inHead) {
            decodeBody(ctx, in, out);
        } else {
            skipEmptyLines(in);
            decodeHead(ctx, in, out);
        }
    }

    /** "… a server that is expecting to receive and parse a request-line SHOULD ignore" them: RFC 9112, 2.2. They count for nothing. */
    private void skipEmptyLines(ByteBuf in) {
        while (!begun && in.readableBytes() >= 2 && in.getShort(in.readerIndex()) == CRLF) {
            in.skipBytes(2);
        }
    }

    private void decodeBody(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int start = in.readerIndex();
        int known = out.size();
        decodeChecked(ctx, in, out);
        // What makes no message is a line, of which only the last chunk's says 0.
        inTrailer = out.size() == known && HeadLine.isLastChunk(in, start, in.readerIndex());
    }

    private void decodeTrailer(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        try {
            int end = check(in);
            if (end >= 0) {
                handOn(ctx, in, end, out);
                return;
            }
            failBody(LongHead.tooLong("the head and the trailer of the request have", maxHeadBytes), out);
        } catch (IllegalArgumentException e) {
            failBody(e, out);
        }
        in.skipBytes(in.readableBytes());
    }

    private void failBody(Exception cause, List<Object> out) {
        failed = true;
        var end = new DefaultLastHttpContent();
        end.setDecoderResult(DecoderResult.failure(cause));
        out.add(end);
    }

    private void decodeHead(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int end;
        try {
            end = check(in);
        } catch (IllegalArgumentException e) {
            in.skipBytes(in.readableBytes());
            fail(LongHead.failed(e), out);
            return;
        }
        if (end < 0) {
            tooLong = new LongHead(head, begun, maxHeadBytes, lastLine);
            readOn(tooLong, in, out);
            ctx.executor().schedule(() -> readNoMore(ctx), REST_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            handOn(ctx, in, end, out);
        }
    }

    private void handOn(ChannelHandlerContext ctx, ByteBuf in, int end, List<Object> out) throws Exception {
        if (end == in.readerIndex()) {
            return; // No line is whole: Netty would only look at all of it once more.
        }
        headBytes += end - in.readerIndex();
        lastLine = lineBefore(in, end);
        decodeChecked(ctx, in, out);
        seen = in.readerIndex() == end ? seen : 0;
    }

    /**
     * Looks at the lines of the head that have arrived.
     *
     * @return where the last whole one ends, -1 if the head is too long
     * @throws IllegalArgumentException if one breaks the rules
     */
    private int check(ByteBuf in) {
        int start = in.readerIndex();
        if (!begun && in.isReadable()) {
            HeadLine.checkStart(in, start);
        }
        for (int lf = lineEnd(in, start + seen); lf >= 0; lf = lineEnd(in, start)) {
            seen = 0;
            boolean empty = HeadLine.checkEnd(in, start, lf);
            if (tooMany(lf + 1 - in.readerIndex())) {
                return -1;
            }
            if (empty) {
                return lf + 1;
            }
            if (inTrailer) {
                HeadLine.checkTrailer(in, start, lf);
            } else if (begun) {
                HeadLine.checkHeader(in, start);
                headers++;
            } else {
                HeadLine.checkFirst(in, start, lf - 1);
                begun = true;
            }
            start = lf + 1;
        }
        HeadLine.checkPart(in, start, seen, begun);
        seen = in.writerIndex() - start;
        return tooMany(in.readableBytes()) ? -1 : start;
    }

    /** The line that ends there; null if it is empty. */
    private static @Nullable String lineBefore(ByteBuf in, int end) {
        int start = end - 1;
        while (start > in.readerIndex() && in.getByte(start - 1) != HttpConstants.LF) {
            start--;
        }
        var line = in.toString(start, end - start, StandardCharsets.ISO_8859_1).strip();
        return line.isEmpty() ? null : line;
    }

    private boolean tooMany(int more) {
        return headBytes + more > maxHeadBytes;
    }

    static int lineEnd(ByteBuf in, int start) {
        return in.indexOf(start, in.writerIndex(), HttpConstants.LF);
    }

    private void decodeChecked(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int known = out.size();
        super.decode(ctx, in, out);
        for (int i = known; i < out.size(); i++) {
            note(out.get(i));
        }
    }

    private void note(Object message) {
        if (message instanceof HttpRequest request) {
            lastHeadBytes = partialHeadBytes();
            inHead = false;
            failed = request.decoderResult().isFailure();
        }
        if (message instanceof LastHttpContent) {
            inHead = true;
            inTrailer = false;
            begun = false;
            headBytes = 0;
            headers = 0;
            headToken = null;
            head = null;
            lastLine = null;
        }
    }

    /** What the head takes in memory, about, that was handed on last. */
    public int lastHeadBytes() {
        return lastHeadBytes;
    }

    /** What is kept of a head whose end has not come, but for the bytes that are not read. */
    int partialHeadBytes() {
        return inHead ? headBytes + headers * HEADER_OVERHEAD : 0;
    }

    /**
     * The head that has come in part, as an object of its own; null if there is none.
     *
     * @param more whether bytes have come that are not read
     */
    @Nullable
    Object partialHead(boolean more) {
        if (failed || !inHead || !(begun || more)) {
            return null;
        }
        var token = headToken == null ? new Object() : headToken;
        headToken = token;
        return token;
    }

    private void readOn(LongHead longHead, ByteBuf in, List<Object> out) {
        if (longHead.read(in)) {
            fail(longHead.failure(), out);
        }
    }

    /** The rest of a long head does not come, or not soon. */
    private void readNoMore(ChannelHandlerContext ctx) {
        if (!failed && tooLong != null && !ctx.isRemoved() && ctx.executor().inEventLoop()) {
            failed = true;
            ctx.fireChannelRead(tooLong.failure());
        }
    }

    private void fail(HttpRequest request, List<Object> out) {
        failed = true;
        out.add(request);
    }
}
