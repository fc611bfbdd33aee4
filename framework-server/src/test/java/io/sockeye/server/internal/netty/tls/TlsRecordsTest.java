package io.sockeye.server.internal.netty.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsRecordsTest {
    private static final String HELLO = "16030100020a0b";
    private static final String DATA = "1703030003010203";

    private final Promise<Void> handshake = ImmediateEventExecutor.INSTANCE.newPromise();
    private final TlsRecords records = new TlsRecords(handshake);
    private final EmbeddedChannel channel = new EmbeddedChannel(records);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private ByteBuf receive(String hex) {
        var buffer = Unpooled.directBuffer(64 << 10).writeBytes(HexFormat.of().parseHex(hex));
        channel.writeInbound(buffer);
        return buffer;
    }

    private List<String> handedOn() {
        var all = new ArrayList<String>();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            all.add(ByteBufUtil.hexDump(next));
            next.release();
        }
        return all;
    }

    /** A handshake is computed elsewhere: what comes meanwhile waits in the next handler. */
    @Test
    void theChannelClosesIfVeryMuchComesAmidAHandshake() {
        var record = "1703034000" + "00".repeat(1 << 14);
        for (int i = 0; i < 15; i++) {
            receive(record);
        }
        assertThat(channel.isOpen()).isTrue();
        var last = receive(record);
        assertThat(channel.isOpen()).isFalse();
        assertThat(last.refCnt()).isZero();
    }

    /** As of every record here: what is handed on waits in the next handler. */
    @Test
    void whatComesAmidAHandshakeCountsUntilThatIsDone() {
        var record = "1703034000" + "00".repeat(1 << 14);
        receive(record);
        assertThat(records.held()).isEqualTo(16_389 - 16_384);
        receive(record + "16");
        assertThat(records.held()).isEqualTo(2 * 16_389 - 16_384 + 1);
        handshake.setSuccess(null);
        assertThat(records.held()).isOne();
    }

    @Test
    void aPartOfARecordAmidAHandshakeCountsOnce() {
        receive("1703034000" + "00".repeat(10));
        assertThat(records.held()).isEqualTo(15);
    }

    /** What TLS says in the end has to wait for the handshake. */
    @Test
    void amidAHandshakeTheChannelClosesAtOnce() {
        var goodbyes = new ArrayList<String>();
        channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
                goodbyes.add("goodbye");
            }
        });
        handshake.setSuccess(null);
        records.close();
        assertThat(goodbyes).containsExactly("goodbye");
        assertThat(channel.isOpen()).isTrue();
        var other = new TlsRecords(ImmediateEventExecutor.INSTANCE.newPromise());
        channel.pipeline().addFirst(other);
        other.close();
        assertThat(goodbyes).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void afterTheHandshakeAsMuchMayComeAsIsRead() {
        handshake.setSuccess(null);
        var record = "1703034000" + "00".repeat(1 << 14);
        for (int i = 0; i < 20; i++) {
            receive(record);
        }
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void wholeRecordsAreHandedOnTogether() {
        var buffer = receive(HELLO + DATA);
        assertThat(handedOn()).containsExactly(HELLO + DATA);
        assertThat(buffer.refCnt()).isZero();
        assertThat(records.held()).isZero();
    }

    @Test
    void aPartIsKeptOnTheHeapUntilTheRestComes() {
        assertThat(receive(HELLO + "17").refCnt()).isOne(); // The hello is not taken yet.
        assertThat(handedOn()).containsExactly(HELLO);
        assertThat(receive("03030003").refCnt()).isZero();
        assertThat(records.held()).isEqualTo(5);
        assertThat(receive("0102").refCnt()).isZero();
        assertThat(handedOn()).isEmpty();
        assertThat(records.held()).isEqualTo(7);
        receive("03" + HELLO + "16");
        assertThat(handedOn()).containsExactly(DATA, HELLO);
        assertThat(records.held()).isOne();
    }

    @Test
    void recordsMayComeByteByByte() {
        for (int i = 0; i < HELLO.length(); i += 2) {
            receive(HELLO.substring(i, i + 2));
        }
        receive("1503030000"); // A record without content.
        assertThat(handedOn()).containsExactly(HELLO, "1503030000");
        assertThat(records.held()).isZero();
    }

    @Test
    void eachPartIsAnotherOne() {
        assertThat(records.partialRecord()).isNull();
        receive("16");
        var first = records.partialRecord();
        receive("0301");
        assertThat(records.partialRecord()).isNotNull().isSameAs(first);
        receive("00010a16");
        assertThat(records.partialRecord()).isNotNull().isNotSameAs(first);
    }

    @Test
    void whatIsNoTlsIsHandedOnAsItIs() {
        receive("474554202f20"); // GET /
        receive("48545450");
        assertThat(handedOn()).containsExactly("474554202f20", "48545450");
    }

    @Test
    void whatBeginsLikeTlsAndIsNone() {
        receive("16");
        receive("0201");
        assertThat(handedOn()).isEmpty();
        receive("00020a");
        assertThat(handedOn()).containsExactly("1602010002", "0a");
        receive("0b");
        assertThat(handedOn()).containsExactly("0b");
    }

    @Test
    void recordsThatAreTooLongAreNone() {
        receive(HELLO + "170303ffff00");
        assertThat(handedOn()).containsExactly(HELLO + "170303ffff00");
        receive("01");
        assertThat(handedOn()).containsExactly("01");
        assertThat(records.held()).isZero();
    }
}
