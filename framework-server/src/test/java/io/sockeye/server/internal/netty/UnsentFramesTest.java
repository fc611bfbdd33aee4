package io.sockeye.server.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.SharedPackets;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.internal.netty.websocket.FrameDecoder;
import io.sockeye.server.internal.netty.websocket.SlowChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a slow peer of a WebSocket leaves in its channel counts. */
class UnsentFramesTest {
    /** What the objects of a packet take. */
    private static final int PACKET = 64;

    private final Budget budget = new Budget(1_000_000);
    private final SlowChannel channel = new SlowChannel();
    private final NettyLoop loop = new NettyLoop(0, channel.eventLoop());
    private final NettyWebSocket socket = open(channel);

    private NettyWebSocket open(SlowChannel over) {
        var opened = new NettyWebSocket(loop, loop.frames(Framing.revision4()), new FrameDecoder(100, false));
        over.pipeline().addLast(opened);
        opened.chargeTo(budget);
        return opened;
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static List<EnginePacket> message(int length) {
        return List.of(EnginePacket.message(Bytes.wrap(new byte[length])));
    }

    private void write(List<EnginePacket> packets) {
        socket.write(packets);
        channel.runPendingTasks();
    }

    @Test
    void countsNothingForAPeerThatTakesAll() {
        channel.take(1_000_000);
        for (int i = 0; i < 30; i++) {
            write(message(1_000));
        }
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void countsFewBytesThatStay() {
        write(message(100));
        write(message(200));
        assertThat(socket.unsentBytes()).isEqualTo(103 + 205);
        assertThat(budget.heldBytes()).isEqualTo(103 + 205);
        channel.take(103 + 204);
        channel.runPendingTasks();
        assertThat(budget.heldBytes()).isEqualTo(205);
        channel.take(1);
        channel.runPendingTasks();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void countsFewBytesOnceThatManyGet() {
        var other = new SlowChannel();
        var second = open(other);
        var shared = new SharedPackets(message(100));
        write(shared);
        second.write(shared);
        other.runPendingTasks();
        assertThat(budget.heldBytes()).isEqualTo(100 + PACKET);
        channel.take(1_000);
        channel.runPendingTasks();
        assertThat(budget.heldBytes()).isEqualTo(100 + PACKET);
        other.finishAndReleaseAll();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void countsMuchBeforeTheTurnOfTheLoopEnds() {
        channel.take(1_000_000);
        socket.write(message(20_000));
        assertThat(socket.unsentBytes()).isEqualTo(20_005);
        channel.runPendingTasks();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void countsALargeMessageUntilAllOfItHasLeft() {
        write(message(100_000));
        assertThat(socket.unsentBytes()).isEqualTo(100_011);
        assertThat(budget.heldBytes()).isEqualTo(100_011);
        channel.take(100_010);
        channel.runPendingTasks();
        assertThat(budget.heldBytes()).isEqualTo(100_011);
        channel.take(2);
        channel.runPendingTasks();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void countsSmallOnesBehindWhatWaits() {
        write(message(20_000));
        write(message(100));
        assertThat(budget.heldBytes()).isEqualTo(20_005 + 103);
        channel.take(20_006);
        write(message(100));
        assertThat(budget.heldBytes()).isEqualTo(2 * 103);
        channel.take(1_000);
        channel.runPendingTasks();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void countsOnceWhatManyGet() {
        var other = new SlowChannel();
        var second = open(other);
        var shared = new SharedPackets(message(50_000));
        write(shared);
        second.write(shared);
        assertThat(budget.heldBytes()).isEqualTo(50_000 + PACKET);
        assertThat(socket.unsentBytes()).isEqualTo(50_000 + PACKET);
        channel.take(60_000);
        channel.runPendingTasks();
        assertThat(budget.heldBytes()).isEqualTo(50_000 + PACKET);
        other.finishAndReleaseAll();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void givesAllBackWithTheChannel() {
        write(message(50_000));
        socket.close();
        socket.cut();
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
        assertThat(budget.heldBytes()).isZero();
    }
}
