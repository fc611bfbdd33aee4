package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineCodec;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Handshake;
import io.sockeye.engine.Limits;
import io.sockeye.engine.PayloadReader;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.TransportKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Of malformed bytes nothing comes out of decoders but a {@link ProtocolException}, and nothing out of sessions. */
class EngineFuzzTest {
    private static final List<byte[]> SEEDS = List.of(
            utf8(
                    "0{\"sid\":\"S1\",\"upgrades\":[\"websocket\"],\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":50}"),
            utf8("0{\"sid\":\"S1\",\"upgrades\":[],\"pingInterval\":300,\"pingTimeout\":200}"),
            utf8("1"),
            utf8("2"),
            utf8("2probe"),
            utf8("3"),
            utf8("3probe"),
            utf8("4hello"),
            utf8("5"),
            utf8("6"),
            utf8("bAQIDBA=="),
            utf8("4hello\u001e2\u001e4w\u00f6rld\u001ebAQ==\u001e3"),
            utf8("4\u001e4\u001e6\u001e1\u001e4"));
    private static final byte[] ALPHABET = utf8("0123456789b=+/{}\"probe[]:,\u001e\u001e\u0000\u007f");

    private final Random random = new Random(20260301);
    private long now;

    @Test
    void decodersThrowNothingButProtocolExceptions() {
        int packets = 0;
        for (int i = 0; i < 200_000; i++) {
            packets += read(Bytes.wrap(mutated()));
        }
        assertThat(packets).isBetween(50_000, 600_000);
    }

    private int read(Bytes payload) {
        int count = 0;
        try {
            var reader = new PayloadReader(payload, 3);
            for (var packet = reader.next(); packet != null; packet = reader.next()) {
                count++;
                if (packet.type() == EnginePacket.Type.OPEN) {
                    Handshake.parse(packet.data());
                }
                assertThat(EngineCodec.payloadLength(packet)).isPositive();
            }
        } catch (ProtocolException e) {
            assertThat(e.reason()).isEqualTo(CloseReason.PARSE_ERROR);
        }
        return count;
    }

    @Test
    void serverSessionsSurviveAnything() {
        int upgraded = 0;
        for (int run = 0; run < 20_000; run++) {
            now = 0;
            var out = new ArrayList<String>();
            var recorder = new SessionRecorder(out);
            var polling = new FakeTransport(TransportKind.POLLING, out);
            var settings = new EngineSettings(30, 20, 50, 40, new Limits(100, 10, 60));
            var session = new ServerSession("S1", settings, polling, recorder, now);
            recorder.onMessage =
                    message -> onMessage(() -> session.close(CloseReason.FORCED_CLOSE, now), session::send);
            var sockets = List.of(socket(out), socket(out));
            for (int step = random.nextInt(40); step >= 0; step--) {
                step(session, polling, sockets);
                flip(polling);
            }
            upgraded += session.transport() == polling ? 0 : 1;
            finish(recorder, session::tick, session::deadlineMillis);
        }
        assertThat(upgraded).isGreaterThan(300);
    }

    private void step(ServerSession session, FakeTransport polling, List<FakeTransport> sockets) {
        now += random.nextInt(4);
        var socket = sockets.get(random.nextInt(8) / 7);
        var transport = random.nextBoolean() ? polling : socket;
        switch (random.nextInt(12)) {
            case 0 -> session.probe(socket, now);
            case 1 -> session.transportReady(transport);
            case 2 -> session.tick(now);
            case 3 -> session.send(messages());
            case 4 -> {
                flip(socket);
                session.transportReady(socket);
            }
            case 5 -> rarely(() -> session.transportClosed(transport, CloseReason.TRANSPORT_ERROR));
            case 6 -> rarely(() -> session.close(CloseReason.SERVER_SHUTTING_DOWN, now));
            case 7 -> rarely(() -> session.abort(CloseReason.FORCED_CLOSE));
            case 8 -> session.receivePayload(polling, frame(List.of("4a", "4a\u001e6\u001ebAQ==")), now);
            default -> {
                var likely = transport == polling ? List.of("3", "4a", "6") : List.of("2probe", "5", "4a");
                session.receiveFrame(transport, frame(likely), random.nextInt(20) == 0, now);
            }
        }
    }

    @Test
    void clientSessionsSurviveAnything() {
        int upgraded = 0;
        for (int run = 0; run < 20_000; run++) {
            now = 0;
            var out = new ArrayList<String>();
            var recorder = new SessionRecorder(out);
            var polling = new FakePolling(out);
            var settings = new ClientSettings(40, 50, 40, new Limits(100, 10, 200));
            var session = new ClientSession(settings, polling, recorder, now);
            recorder.onMessage = message -> onMessage(() -> session.close(now), session::send);
            var sockets = List.of(socket(out), socket(out));
            session.receiveFrame(polling, Bytes.wrap(random.nextInt(5) == 0 ? mutated() : SEEDS.get(0)), false, now);
            for (int step = random.nextInt(40); step >= 0; step--) {
                step(session, polling, sockets);
                polling.writable = random.nextBoolean();
            }
            upgraded += session.transport() == polling ? 0 : 1;
            finish(recorder, session::tick, session::deadlineMillis);
        }
        assertThat(upgraded).isGreaterThan(300);
    }

    private void step(ClientSession session, FakePolling polling, List<FakeTransport> sockets) {
        now += random.nextInt(4);
        var socket = sockets.get(random.nextInt(8) / 7);
        var transport = random.nextBoolean() ? polling : socket;
        switch (random.nextInt(14)) {
            case 0, 1 -> session.probe(socket, now);
            case 2 -> session.transportReady(transport);
            case 3 -> session.tick(now);
            case 4 -> session.send(messages());
            case 5 -> {
                flip(socket);
                session.transportReady(socket);
            }
            case 6 -> rarely(() -> session.transportClosed(transport, CloseReason.TRANSPORT_ERROR));
            case 7 -> rarely(() -> session.close(now));
            case 8 -> rarely(() -> session.abort(CloseReason.FORCED_CLOSE));
            case 9, 10 -> session.transportPaused(transport);
            case 11 -> session.receivePayload(polling, frame(List.of("4a", "4a\u001e6\u001ebAQ==")), now);
            default -> {
                var likely = transport == polling ? List.of("2", "4a", "6") : List.of("3probe", "3probe", "2", "4a");
                session.receiveFrame(transport, frame(likely), random.nextInt(20) == 0, now);
            }
        }
    }

    /** What an owner does when a message comes: usually nothing. */
    private void onMessage(Runnable close, Consumer<List<EnginePacket>> send) {
        switch (random.nextInt(12)) {
            case 0 -> close.run();
            case 1 -> send.accept(messages());
            case 2 -> throw new ProtocolException("misuse", CloseReason.FORCED_CLOSE);
            default -> {}
        }
    }

    /** A session that hears nothing more ends at one of its deadlines. */
    private void finish(SessionRecorder recorder, LongConsumer tick, LongSupplier deadline) {
        for (int i = 0; recorder.closeReason == null; i++) {
            assertThat(i).as("ticks").isLessThan(20);
            assertThat(deadline.getAsLong()).isLessThan(now + 1_000);
            now = Math.max(now, deadline.getAsLong());
            tick.accept(now);
        }
        assertThat(deadline.getAsLong()).isEqualTo(Long.MAX_VALUE);
    }

    private void rarely(Runnable action) {
        if (random.nextInt(10) == 0) {
            action.run();
        }
    }

    private void flip(FakeTransport transport) {
        transport.writable = random.nextBoolean();
        transport.flushed = random.nextBoolean();
    }

    private static FakeTransport socket(List<String> out) {
        return new FakeTransport(TransportKind.WEBSOCKET, out);
    }

    private List<EnginePacket> messages() {
        var data = Bytes.wrap(new byte[random.nextInt(12)]);
        return List.of(random.nextBoolean() ? EnginePacket.message(data) : EnginePacket.binaryMessage(data));
    }

    private Bytes frame(List<String> likely) {
        return random.nextInt(4) == 0 ? Bytes.wrap(mutated()) : Bytes.ofUtf8(likely.get(random.nextInt(likely.size())));
    }

    private byte[] mutated() {
        byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
        for (int changes = random.nextInt(3); changes >= 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 -> bytes = doubled(bytes, at);
                default -> bytes[at] = ALPHABET[random.nextInt(ALPHABET.length)];
            }
        }
        return bytes;
    }

    /** The beginning, then everything. */
    private static byte[] doubled(byte[] bytes, int at) {
        byte[] result = Arrays.copyOf(bytes, at + bytes.length);
        System.arraycopy(bytes, 0, result, at, bytes.length);
        return result;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
