package io.sockeye.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sockeye.server.engine.Host;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection: takes its requests one after another, also when they were sent without waiting for answers, and
 * moves to another loop where a request's session lives. Owned by the channel's loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);

    private final Host.Handler handler;
    private final EventLoops loops;
    private final Activity activity = new Activity();
    private final UnsentAnswers answers = new UnsentAnswers(this);
    /** What arrived while a request was not answered yet or while the channel moves. */
    private final ArrayDeque<Object> held = new ArrayDeque<>(0);

    private @Nullable ChannelHandlerContext context;
    private @Nullable NettyLoop loop;
    private @Nullable NettyExchange current;
    private boolean moving;
    private boolean draining;

    HttpConnection(Host.Handler handler, EventLoops loops) {
        this.handler = handler;
        this.loops = loops;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        enter(loops.of(ctx.channel().eventLoop()));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        loop().idle().remove(this);
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        ctx.channel().config().setAutoRead(true); // A WebSocket that has moved here goes on reading.
    }

    private void enter(NettyLoop next) {
        loop = next;
        touch();
        next.idle().add(this);
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
        if (moving || !held.isEmpty() || (current != null && message instanceof HttpRequest)) {
            hold(ctx, message);
            return;
        }
        accept(ctx, message);
    }

    private void hold(ChannelHandlerContext ctx, Object message) {
        held.add(message);
        ctx.channel().config().setAutoRead(false);
        if (message instanceof HttpRequest && current != null) {
            current.followed();
        }
    }

    /** Whether a request waits until the present one is answered. */
    boolean holdsRequest() {
        return held.stream().anyMatch(HttpRequest.class::isInstance);
    }

    private void accept(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest head) {
                current = new NettyExchange(this, ctx, head);
                start(current);
            }
            if (message instanceof HttpContent content && current != null) {
                activity.body().received(content.content().readableBytes());
                receive(current, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void start(NettyExchange exchange) {
        var head = exchange.head();
        var refusal = HeadRules.check(head);
        if (refusal == null) {
            RequestTarget.shorten(head);
            refusal = HeadRules.checkExpectation(head);
        }
        if (refusal == null) {
            handler.handle(exchange);
        } else {
            handler.refuse(exchange, refusal.status(), refusal.text());
        }
    }

    private static void receive(NettyExchange exchange, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            exchange.bodyBroken(HeadRules.ofBrokenBody(content.decoderResult().cause()));
        } else {
            exchange.receive(content.content(), content instanceof LastHttpContent);
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
        ctx.fireChannelReadComplete();
    }

    /** The current request was answered and read to its end. */
    void exchangeDone(NettyExchange exchange) {
        if (current == exchange) {
            current = null;
            touch();
            if (WebSocketUpgrade.isAskedFor(exchange.head().headers())) {
                context().pipeline().get(HoldingDecoder.class).resume();
            }
            drainHeld();
        }
    }

    private void drainHeld() {
        if (draining || held.isEmpty()) {
            return;
        }
        draining = true;
        try {
            while (!moving && !held.isEmpty() && !(current != null && held.peek() instanceof HttpRequest)) {
                accept(context(), held.remove());
            }
        } finally {
            draining = false;
        }
        if (held.isEmpty() && !moving) {
            context().channel().config().setAutoRead(true);
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
        loop().idle().remove(this);
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
            drainHeld();
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

    void close() {
        context().close();
    }

    /** Whether an answer is on its way. */
    boolean sends() {
        return !answers.none();
    }

    /** Something happened: the idle time starts again. */
    void touch() {
        activity.touch();
    }

    /** Closes the connection if it neither waits for an answer of ours nor does anything, or sends a body too slowly. */
    void closeIfIdle(long nowMillis) {
        var exchange = current;
        boolean idle = activity.idle(sends() ? CloseTimer.unsent(context().channel()) : 0, nowMillis);
        boolean waiting = exchange != null && exchange.bodyRead() && exchange.awaitsServer();
        boolean receiving = exchange != null && !exchange.bodyRead() && !exchange.isLast();
        boolean late = activity.body().late(receiving ? exchange : null, nowMillis);
        boolean underway = moving && !answers.awaited();
        if ((idle && !waiting && !underway) || late) {
            context().close();
        }
    }
}
