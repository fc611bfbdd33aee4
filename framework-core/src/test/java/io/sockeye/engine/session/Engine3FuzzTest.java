package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Framing;
import io.sockeye.engine.Limits;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.TransportKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** As {@link EngineFuzzTest}, for revision 3. */
class Engine3FuzzTest {
    private static final List<byte[]> SEEDS = List.of(
            utf8("1:1"),
            utf8("1:2"),
            utf8("6:4hello1:22:4w"),
            utf8("7:4wörld5:4😀€a1:3"),
            utf8("10:b4AQIDBA==2:b4"),
            HexFormat.of().parseHex("0001ff320006ff34f09f9880610104ff040102030101ff04"),
            HexFormat.of().parseHex("01010201ff04" + "00".repeat(120)),
            HexFormat.of().parseHex("04010203"),
            utf8("2probe"),
            utf8("b4AQIDBA=="));
    private static final byte[] ALPHABET = utf8("0123456789::b4=probe\u0000\u0001\u0002\u0004\u0009\u007f");

    private final Random random = new Random(20260302);
    private long now;

    @Test
    void decodersThrowNothingButProtocolExceptions() {
        int packets = 0;
        for (int i = 0; i < 200_000; i++) {
            packets += read(Bytes.wrap(mutated()));
        }
        assertThat(packets).isBetween(50_000, 600_000);
    }

    private int read(Bytes bytes) {
        int count = 0;
        try {
            var reader = Framing.revision3(false).read(bytes, 3);
            for (var packet = reader.next(); packet != null; packet = reader.next()) {
                count++;
            }
            count += Framing.revision3(false)
                                    .decode(bytes, random.nextBoolean())
                                    .data()
                                    .length()
                            > 0
                    ? 1
                    : 0;
        } catch (ProtocolException e) {
            assertThat(e.reason()).isEqualTo(CloseReason.PARSE_ERROR);
        }
        return count;
    }

    @Test
    void whatIsWrittenIsRead() {
        for (int i = 0; i < 20_000; i++) {
            var packets = packets();
            var framing = Framing.revision3(random.nextBoolean());
            var reader = framing.read(framing.payload(packets).body(), 10);
            var copy = new ArrayList<EnginePacket>();
            for (var packet = reader.next(); packet != null; packet = reader.next()) {
                copy.add(packet);
            }
            assertThat(copy).isEqualTo(packets);
        }
    }

    private List<EnginePacket> packets() {
        var packets = new ArrayList<EnginePacket>();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            var text = new StringBuilder();
            random.ints(random.nextInt(20), 0, 0x10ffff)
                    .filter(c -> c < 0xd800 || c > 0xdfff)
                    .forEach(text::appendCodePoint);
            var bytes = Bytes.ofUtf8(text.toString());
            packets.add(random.nextBoolean() ? EnginePacket.message(bytes) : EnginePacket.binaryMessage(bytes));
        }
        return packets;
    }

    @Test
    void serverSessionsSurviveAnything() {
        int upgraded = 0;
        for (int run = 0; run < 10_000; run++) {
            now = 0;
            var out = new ArrayList<String>();
            var recorder = new SessionRecorder(out);
            var polling = transport(TransportKind.POLLING, out);
            var socket = transport(TransportKind.WEBSOCKET, out);
            var settings = new EngineSettings(30, 20, 50, 40, new Limits(100, 10, 200));
            var session = new ServerSession("S1", settings, polling, recorder, now);
            for (int step = random.nextInt(40); step >= 0; step--) {
                step(session, polling, socket);
                flip(polling);
            }
            upgraded += session.transport() == socket ? 1 : 0;
            finish(session, recorder);
        }
        assertThat(upgraded).isGreaterThan(300);
    }

    private void step(ServerSession session, FakeTransport polling, FakeTransport socket) {
        now += random.nextInt(4);
        switch (random.nextInt(9)) {
            case 0 -> session.probe(socket, now);
            case 1 -> session.transportReady(random.nextBoolean() ? polling : socket);
            case 2 -> session.tick(now);
            case 3 -> session.send(packets());
            case 4 -> {
                flip(socket);
                session.transportReady(socket);
            }
            case 5, 6 -> session.receivePayload(polling, input(List.of("2:4a1:6", "1:2", "4:b4AA")), now);
            default -> session.receiveFrame(socket, input(List.of("2probe", "5", "2")), random.nextInt(20) == 0, now);
        }
    }

    private static void finish(ServerSession session, SessionRecorder recorder) {
        for (int i = 0; recorder.closeReason == null; i++) {
            assertThat(i).as("ticks").isLessThan(20);
            session.tick(session.deadlineMillis());
        }
        assertThat(session.deadlineMillis()).isEqualTo(Long.MAX_VALUE);
    }

    private Bytes input(List<String> likely) {
        return random.nextInt(6) == 0 ? Bytes.wrap(mutated()) : Bytes.ofUtf8(likely.get(random.nextInt(likely.size())));
    }

    private void flip(FakeTransport transport) {
        transport.writable = random.nextBoolean();
        transport.flushed = random.nextBoolean();
    }

    private FakeTransport transport(TransportKind kind, List<String> out) {
        var transport = new FakeTransport(kind, out);
        transport.framing = Framing.revision3(random.nextBoolean());
        return transport;
    }

    private byte[] mutated() {
        byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
        for (int changes = random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                default -> bytes[at] = ALPHABET[random.nextInt(ALPHABET.length)];
            }
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
