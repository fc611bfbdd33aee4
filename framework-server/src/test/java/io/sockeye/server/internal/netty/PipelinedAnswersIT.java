package io.sockeye.server.internal.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.IoTransport;
import io.sockeye.server.LoopFailure;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Host;
import io.sockeye.server.http.HttpHeaders;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that were sent without waiting for answers, over real connections. Each path is a number, and its own answer. */
@Timeout(120)
class PipelinedAnswersIT {
    private static final int REQUESTS = 400;
    /** Above it a connection takes no more to send, and below it a turn's answers have room. */
    private static final int HIGH_WATER = 256 << 10;

    private static final Exchange.Listener IGNORANT = new Exchange.Listener() {
        @Override
        public void onAbort() {}

        @Override
        public void onLost() {}

        @Override
        public void onFollowed() {}

        @Override
        public void onWritable() {}

        @Override
        public void onBroken(int status, String text) {}
    };

    private final EventLoops loops = new EventLoops(IoTransport.AUTO, 2, LoopFailure.CLOSE, Duration.ofDays(1));
    private final NettyServer server =
            new NettyServer(loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, 16 << 10);
    private final Calls calls = new Calls();

    @AfterEach
    void close() {
        server.stopListening();
        server.shutDown(Duration.ZERO);
    }

    /** Counts on the channel's loop, with one connection. */
    private static final class Calls extends ChannelDuplexHandler {
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger flushes = new AtomicInteger();

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            reads.incrementAndGet();
            ctx.fireChannelReadComplete();
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            flushes.incrementAndGet();
            ctx.flush();
        }
    }

    private void start(BiConsumer<Exchange, Integer> answering) throws Exception {
        server.start(new Host.Handler() {
            @Override
            public void handle(Exchange exchange) {
                exchange.listen(IGNORANT);
                int number = Integer.parseInt(exchange.uri().substring(1));
                if (number == 0) {
                    ((NettyExchange) exchange).context().pipeline().addFirst(calls);
                }
                answering.accept(exchange, number);
            }

            @Override
            public void refuse(Exchange exchange, int status, String text) {
                throw new AssertionError(text);
            }
        });
    }

    private static void answer(Exchange exchange, int number, int bytes) {
        exchange.answer(
                200, HttpHeaders.NONE, Bytes.ofUtf8("%d".formatted(number).concat(" ".repeat(bytes))));
    }

    private Socket connect() throws Exception {
        var client = new Socket();
        client.setReceiveBufferSize(4 << 10);
        client.setSoTimeout(60_000);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return client;
    }

    private static byte[] requests(int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        return text.toString().getBytes(US_ASCII);
    }

    private static void send(Socket client, int from, int to) throws Exception {
        client.getOutputStream().write(requests(from, to));
    }

    /** Reads answers and checks their order. */
    @SuppressWarnings("deprecation") // Lines of ASCII.
    private static void expect(Socket client, int from, int to) throws Exception {
        var in = new DataInputStream(new java.io.BufferedInputStream(client.getInputStream()));
        for (int i = from; i < to; i++) {
            int length = 0;
            for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("content-length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
            }
            assertThat(new String(in.readNBytes(length), US_ASCII).strip()).isEqualTo("" + i);
        }
    }

    @Test
    void costOneFlushARead() throws Exception {
        start((exchange, number) -> answer(exchange, number, 0));
        countFlushes();
    }

    @Test
    void costOneFlushAReadAlsoWhereTransportsGiveThem() throws Exception {
        start((exchange, number) -> exchange.loop().flushLater(() -> answer(exchange, number, 0)));
        countFlushes();
    }

    private void countFlushes() throws Exception {
        try (var client = connect()) {
            send(client, 0, 1);
            expect(client, 0, 1);
            send(client, 1, REQUESTS);
            expect(client, 1, REQUESTS);
            assertThat(calls.flushes.get()).isLessThanOrEqualTo(calls.reads.get());
        }
    }

    @Test
    void comeWhetherOrNotAnythingIsRead() throws Exception {
        start((exchange, number) -> exchange.loop().post(() -> answer(exchange, number, 0)));
        try (var client = connect()) {
            for (int i = 0; i < 3; i++) {
                send(client, i, i + 1);
                expect(client, i, i + 1);
            }
            send(client, 3, REQUESTS);
            expect(client, 3, REQUESTS);
        }
    }

    @Test
    void comeToAPeerThatHasSentItsLastByte() throws Exception {
        start((exchange, number) -> answer(exchange, number, 0));
        try (var client = connect()) {
            send(client, 0, 10);
            client.shutdownOutput();
            expect(client, 0, 10);
        }
    }

    @Test
    void doNotPileUpForAPeerThatDoesNotRead() throws Exception {
        int bytes = 64 << 10;
        var most = new AtomicLong();
        start((exchange, number) -> {
            var channel = ((NettyExchange) exchange).context().channel();
            most.accumulateAndGet(CloseTimer.unsent(channel), Math::max);
            answer(exchange, number, bytes);
        });
        try (var client = connect()) {
            send(client, 0, REQUESTS);
            expect(client, 0, REQUESTS);
            assertThat(most.get()).isLessThan(HIGH_WATER + 2L * bytes);
        }
    }

    @Test
    void keepTheirOrderWhileTheConnectionMovesBetweenLoops() throws Exception {
        start((exchange, number) -> {
            int loop = number / 3 % 2;
            int bytes = number % 7 == 0 ? 64 << 10 : 0;
            exchange.moveTo(loop, () -> {
                assertThat(exchange.loop().inLoop()).isTrue();
                answer(exchange, number, bytes);
            });
        });
        try (var client = connect()) {
            send(client, 0, REQUESTS);
            expect(client, 0, REQUESTS);
        }
    }
}
