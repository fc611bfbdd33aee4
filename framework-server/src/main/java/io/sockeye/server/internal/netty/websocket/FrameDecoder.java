package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.sockeye.server.internal.http.Pace;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to whole messages and control frames: RFC 6455, 5. A frame that is there as a whole is a slice of what was read. Of any
 * other nothing stays in buffers of the system's memory: its payload goes into a {@link PartialMessage} as it comes. After a
 * fault or a close frame the rest is forgotten. Owned by the channel's loop.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
    private final FrameHead head;
    private final int maxFragments;
    private final Pace pace = new Pace();
    /** How many bytes a message may have. */
    private int limit;

    /** Whether the head of a frame was read, but not all of its payload. */
    private boolean inFrame;
    /** Whether nothing of it was taken yet. */
    private boolean fresh;
    /** How many bytes of this payload were taken. */
    private int taken;
    /** What has come of the present message; null if there is none, or if it does not count. */
    private @Nullable PartialMessage message;
    /** What has come of a control frame that is not whole. */
    private ByteBuf control = Unpooled.EMPTY_BUFFER;
    /** Whether messages count; control frames do in any case. */
    private boolean takesMessages = true;
    /** Whether nothing counts that comes now. */
    private boolean ended;

    public FrameDecoder(int maxPayload, boolean deflate) {
        this.limit = maxPayload;
        this.maxFragments = PartialMessage.maxFragments(maxPayload);
        this.head = new FrameHead(deflate ? MessageInflater.RSV1 : 0);
    }

    /** From now on a message may have so many bytes, also when it is inflated. */
    public void limit(int maxBytes) {
        limit = maxBytes;
    }

    public int limit() {
        return limit;
    }

    /** No message counts any more. */
    public void takeNoMessages() {
        takesMessages = false;
        message = null;
    }

    /** Nothing counts any more. */
    public void end() {
        ended = true;
        message = null;
    }

    /** How many bytes it holds of a message that is not whole. */
    public int held() {
        return message == null ? 0 : message.held();
    }

    /** Whether a message is under way. */
    public boolean isReceiving() {
        return message != null;
    }

    /**
     * Looks whether the message that is under way comes too slowly; called every few seconds.
     *
     * @param reads whether what the peer sends is read at the moment
     */
    public boolean late(boolean reads, long nowMillis) {
        return pace.late(reads && message != null ? message.token() : null, nowMillis);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        if (!(received instanceof ByteBuf in)) {
            ctx.fireChannelRead(received);
            return;
        }
        try {
            while (!ended && in.isReadable()) {
                decode(ctx, in);
            }
        } catch (Throwable e) {
            end();
            throw e;
        } finally {
            in.release();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end();
    }

    private void decode(ChannelHandlerContext ctx, ByteBuf in) {
        if (!inFrame) {
            if (!head.read(in, limit)) {
                return;
            }
            inFrame = true;
            fresh = true;
            taken = 0;
        }
        if (head.isControl()) {
            decodeControl(ctx, in);
        } else {
            decodeData(ctx, in);
        }
    }

    private void decodeControl(ChannelHandlerContext ctx, ByteBuf in) {
        int count = unmask(in);
        if (count < head.length()) {
            control = control.isReadable() ? control : Unpooled.buffer(head.length());
            control.writeBytes(in, count);
            taken += count;
            if (taken < head.length()) {
                return;
            }
        }
        boolean slice = count == head.length();
        if (head.opcode() == FrameHead.CLOSE) {
            ended = true;
            CloseStatus.check(slice ? in.slice(in.readerIndex(), count) : control);
        }
        var payload = slice ? in.readRetainedSlice(count) : control;
        control = Unpooled.EMPTY_BUFFER;
        inFrame = false;
        ctx.fireChannelRead(controlFrame(payload));
    }

    private WebSocketFrame controlFrame(ByteBuf payload) {
        if (head.opcode() == FrameHead.PING) {
            return new PingWebSocketFrame(payload);
        }
        if (head.opcode() == FrameHead.PONG) {
            return new PongWebSocketFrame(payload);
        }
        return new CloseWebSocketFrame(true, 0, payload);
    }

    private void decodeData(ChannelHandlerContext ctx, ByteBuf in) {
        int count = unmask(in);
        if (takesMessages && message == null && head.isLast() && count == head.length()) {
            inFrame = false;
            ctx.fireChannelRead(frame(in.readRetainedSlice(count)));
            return;
        }
        take(in, count);
        taken += count;
        if (taken == head.length()) {
            inFrame = false;
            endOfFrame(ctx);
        }
    }

    /** The payload of a frame; that of a message that came in parts has an array of its own, others are copied. */
    public static byte[] array(WebSocketFrame frame) {
        var content = frame.content();
        return ByteBufUtil.getBytes(content, content.readerIndex(), content.readableBytes(), false);
    }

    private WebSocketFrame frame(ByteBuf payload) {
        return head.opcode() == FrameHead.BINARY
                ? new BinaryWebSocketFrame(true, head.reservedBits(), payload)
                : new TextWebSocketFrame(true, head.reservedBits(), payload);
    }

    private void take(ByteBuf in, int count) {
        if (!takesMessages) {
            in.skipBytes(count);
            return;
        }
        var target = message;
        if (target == null) {
            target = new PartialMessage(head.opcode() == FrameHead.BINARY, head.reservedBits());
            message = target;
        }
        if (fresh) {
            fresh = false;
            target.fragment(maxFragments);
        }
        target.append(in, count, head.isLast() ? target.length() + head.length() - taken : limit);
        pace.received(count);
    }

    private void endOfFrame(ChannelHandlerContext ctx) {
        var present = message;
        if (present == null) {
            return;
        }
        if (head.isLast()) {
            message = null;
            ctx.fireChannelRead(present.whole());
        } else {
            present.check();
        }
    }

    /** Unmasks what there is of the present payload; how many bytes it is. */
    private int unmask(ByteBuf in) {
        int count = Math.min(in.readableBytes(), head.length() - taken);
        int from = in.readerIndex();
        head.unmask(in, from, from + count, taken);
        return count;
    }
}
