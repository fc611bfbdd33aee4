package io.sockeye.server.internal.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, but nothing that follows one that is not answered: that stays here as it came, since decoded requests take many
 * times as much, and since it may be frames of a WebSocket. It is read once the request is answered in HTTP ({@link #resume}); if
 * this is removed, it goes to the next handler. Owned by the channel's loop.
 */
public final class HoldingDecoder extends RequestDecoder {
    /** What a buffer may be longer than what is kept in it. */
    private static final int SPARE = 256;

    private final Reader reader;
    private @Nullable ChannelHandlerContext context;
    /** Whether something has come that is not read yet because a request is not answered. */
    private boolean holds;
    /** Whether the reader is being told of that. */
    private boolean tells;
    /** What the reader knows to be kept. */
    private int toldKept;

    public HoldingDecoder(int maxHeadBytes, Reader reader) {
        super(maxHeadBytes);
        this.reader = reader;
        setCumulator(HoldingDecoder::join);
    }

    /** What is left of a read is kept on the heap, and has the length that it needs. */
    private static ByteBuf join(ByteBufAllocator allocator, ByteBuf kept, ByteBuf more) {
        if (!more.isReadable() && isWasteful(kept)) {
            more.release();
            var copy = Unpooled.buffer(kept.readableBytes()).writeBytes(kept);
            kept.release();
            return copy;
        }
        return MERGE_CUMULATOR.cumulate(allocator, kept, more);
    }

    private static boolean isWasteful(ByteBuf kept) {
        int length = kept.readableBytes();
        return length > 0 && (kept.isDirect() || kept.capacity() > 2 * length + SPARE);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof ByteBuf bytes) {
            reader.received(bytes.readableBytes());
        }
        super.channelRead(ctx, message);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (!reader.isBusy()) {
            super.decode(ctx, in, out);
            return;
        }
        ctx.channel().config().setAutoRead(false); // No more than what one read has brought.
        if (!holds) {
            holds = true;
            tells = true;
            reader.followed();
            tells = false;
        }
    }

    /** Netty's would ask for more bytes when none of those that came made a message, as if a request was not whole yet. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        tidy(ctx);
        if (holds) {
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    /**
     * A part of a head, or what follows a request, must not keep the buffer that it was read into, which may be a thousand times
     * as long.
     */
    private void tidy(ChannelHandlerContext ctx) throws Exception {
        if (!ctx.isRemoved() && isWasteful(internalBuffer())) {
            super.channelRead(ctx, Unpooled.EMPTY_BUFFER);
        }
        tellKept(ctx);
    }

    private void tellKept(ChannelHandlerContext ctx) {
        int kept = ctx.isRemoved() ? 0 : internalBuffer().readableBytes() + partialHeadBytes();
        if (kept != toldKept) {
            toldKept = kept;
            reader.keeps(kept);
        }
    }

    /** Whether something has come that is not read yet because a request is not answered. */
    public boolean holds() {
        return holds;
    }

    /** The head that has come in part, and is for the peer to go on with; another object for each. Null if there is none. */
    @Nullable
    public Object partialHead() {
        return holds ? null : partialHead(internalBuffer().isReadable());
    }

    /** The request was answered in HTTP: what follows it is the next one. */
    public void resume() {
        if (!holds) {
            return;
        }
        holds = false;
        var ctx = Objects.requireNonNull(context);
        if (tells) {
            ctx.executor().execute(() -> decodeHeld(ctx)); // It is amid decoding.
        } else {
            decodeHeld(ctx);
        }
    }

    /** The handlers before this one have nothing to do with it: TLS takes no empty buffer. */
    private void decodeHeld(ChannelHandlerContext ctx) {
        if (ctx.isRemoved() || !ctx.executor().inEventLoop()) { // It may have moved meanwhile, and then reads there.
            return;
        }
        try {
            super.channelRead(ctx, Unpooled.EMPTY_BUFFER);
            tidy(ctx);
            if (!holds && !ctx.isRemoved()) { // Else each request that waited would cost two system calls.
                ctx.channel().config().setAutoRead(true);
            }
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        }
    }

    /** Who takes the requests. */
    public interface Reader {
        /** Whether it takes nothing at the moment: a request has come to its end, and is not answered. */
        boolean isBusy();

        /** Something has come while it is busy. */
        void followed();

        /** So many bytes have come from the peer. */
        void received(int bytes);

        /** So many bytes are kept that are not handed on; told when that has changed, at the end of a read. */
        void keeps(int bytes);
    }
}
