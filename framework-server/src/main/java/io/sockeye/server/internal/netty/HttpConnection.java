package io.sockeye.server.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.sockeye.server.host.Host;
import io.sockeye.server.internal.netty.http.HeadRules;
import io.sockeye.server.internal.netty.http.HoldingDecoder;
import io.sockeye.server.internal.netty.io.Faults;
import io.sockeye.server.internal.netty.tls.TlsRecords;
import io.sockeye.server.internal.netty.websocket.DeflateContexts;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection: takes its requests one after another, also when they were sent without waiting for answers, and
 * moves to another loop where a request's session lives. Owned by the channel's loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements HoldingDecoder.Reader, WaitingInput.Holder {
    private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);

    private final Host.Handler handler;
    private final EventLoops loops;
    private final Activity activity = new Activity();
    private final HeldInput input = new HeldInput(this);
    private final UnsentAnswers answers = new UnsentAnswers(this);
    private final HoldingDecoder decoder;
    /** What was decoded together with the request for which the channel moves. */
    private final ArrayDeque<Object> held = new ArrayDeque<>(0);

    private @Nullable ChannelHandlerContext context;
    private @Nullable NettyLoop loop;
    private @Nullable NettyExchange current;
    private boolean moving;

    HttpConnection(Host.Handler handler, EventLoops loops, int maxHeaderSize) {
        this.handler = handler;
        this.loops = loops;
        this.decoder = new HoldingDecoder(maxHeaderSize, this);
    }

    /** The one that is before this in the channel's pipeline. */
    HoldingDecoder decoder() {
        return decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        input.count(ctx.pipeline().get(TlsRecords.class));
        enter(loops.of(ctx.channel().eventLoop()));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        leave();
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        ctx.channel().config().setAutoRead(true); // A WebSocket that has moved here goes on reading.
    }

    private void enter(NettyLoop next) {
        loop = next;
        touch();
        next.idle().add(this, current == null);
        input.enter(next.waiting());
        input.tell();
    }

    private void leave() {
        loop().idle().remove(this);
        input.leave();
    }

    NettyLoop loop() {
        return Objects.requireNonNull(loop);
    }

    /** Whether further requests are wanted. */
    boolean isKept() {
        return loops.keepsConnections();
    }

    DeflateContexts deflateContexts() {
        return loops.deflateContexts();
    }

    ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (current != null && current.isLast()) {
            ReferenceCountUtil.release(message);
            return;
        }
        touch();
        if (moving) {
            held.add(message);
        } else {
            accept(ctx, message);
        }
    }

    @Override
    public boolean isBusy() {
        return moving || (current != null && current.bodyRead() && !current.isLast());
    }

    @Override
    public void followed() {
        if (isFollowed() && current != null) {
            current.followed();
        }
    }

    /** Whether something waits until the present request is answered. */
    boolean isFollowed() {
        return decoder.holds() && current != null && current.bodyRead();
    }

    @Override
    public void received(int bytes) {
        activity.pace().received(bytes);
    }

    @Override
    public void keeps(int bytes) {
        input.undecoded(bytes);
        input.tell();
    }

    private void accept(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest head) {
                loop().idle().works(this);
                current = new NettyExchange(this, ctx, head);
                input.head(decoder.lastHeadBytes());
                start(current);
            }
            if (message instanceof HttpContent content && current != null) {
                current.receive(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void start(NettyExchange exchange) {
        var refusal = HeadRules.shorten(exchange.head());
        if (refusal == null) {
            handler.handle(exchange);
        } else {
            handler.refuse(exchange, refusal.status(), refusal.text());
        }
    }

    /** Those that were given and have not left. */
    UnsentAnswers answers() {
        return answers;
    }

    /** Behind this, the channel closes if the peer has sent its last byte: then nothing would leave any more. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        answers.flush();
        input.tell();
        ctx.fireChannelReadComplete();
    }

    /** The current request was answered and read to its end. */
    void exchangeDone(NettyExchange exchange) {
        if (current == exchange) {
            current = null;
            restIfDone();
            input.head(0);
            touch();
            input.tell();
            decoder.resume();
        }
    }

    /** It has no request any more once all answers have left: one of those that have none is closed for each too many. */
    void restIfDone() {
        if (current == null && answers.none()) {
            loop().idle().rests(this);
        }
    }

    /**
     * Goes on with the current request on another loop; everything of this connection happens there from now on.
     * "Hopping threads for each message" would cost a wake-up per packet, a move costs one per connection. Earlier answers
     * leave first, since a channel must not move amid a write.
     */
    void moveTo(int index, Runnable then) {
        var target = loops.at(index);
        if (target == loop()) {
            then.run();
            return;
        }
        moving = true;
        answers.afterLast(() -> depart(target, then));
    }

    private void depart(NettyLoop target, Runnable then) {
        leave();
        var channel = context().channel();
        channel.deregister().addListener(left -> {
            target.eventLoop().register(channel).addListener(entered -> {
                if (entered.isSuccess()) {
                    moved(target, then);
                } else {
                    giveUp(channel, entered.cause());
                }
            });
        });
    }

    private void moved(NettyLoop target, Runnable then) {
        moving = false;
        enter(target);
        try {
            then.run();
            while (!moving && !held.isEmpty()) {
                accept(context(), held.remove());
            }
            if (isBusy()) {
                followed();
            } else {
                decoder.resume();
            }
        } catch (Throwable e) {
            exceptionCaught(context(), e);
        }
    }

    /** The peer left on the way, or the loop has ended. */
    private void giveUp(Channel channel, Throwable cause) {
        log.debug("{} could not move to another event loop: {}", channel, cause.toString());
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        channel.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (current != null) {
            current.writabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        var exchange = current;
        current = null;
        if (exchange != null) {
            exchange.abort();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Faults.log(log, ctx.channel(), cause);
        answers.flush(); // To earlier requests.
        ctx.close();
    }

    @Override
    public void close() {
        var records = context().pipeline().get(TlsRecords.class);
        if (records == null) {
            context().close();
        } else {
            records.close();
        }
    }

    /** Whether an answer is on its way. */
    boolean sends() {
        return !answers.none();
    }

    /** Something happened: the idle time starts again. */
    void touch() {
        activity.touch();
    }

    /** Closes the connection if it neither waits for an answer of ours nor does anything, or sends a head or a body too slowly. */
    void closeIfIdle(long nowMillis) {
        var exchange = current;
        boolean idle = activity.idle(sends() ? CloseTimer.unsent(context().channel()) : 0, nowMillis);
        boolean waiting = exchange != null && exchange.bodyRead() && exchange.awaitsServer();
        boolean receiving = exchange != null && !exchange.bodyRead() && !exchange.isLast();
        boolean late = activity.pace().late(receiving ? exchange : partialHead(), nowMillis);
        boolean underway = moving && !answers.awaited();
        if ((idle && !waiting && !underway) || late) {
            context().close();
        }
    }

    /** What a head begins with may be a part of a record. */
    private @Nullable Object partialHead() {
        var head = decoder.partialHead();
        boolean awaited = current == null && !moving;
        return head == null && awaited ? input.partialRecord() : head;
    }
}
