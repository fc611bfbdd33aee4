package io.sockeye.msgpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random packets come back as they were, and of random bytes nothing comes out but a {@link ProtocolException}. */
class MsgpackFuzzTest {
    private static final Json JSON = Json.standard();
    private static final int[] FORMATS = {
        0x80, 0x90, 0xa0, 0xc0, 0xc1, 0xc4, 0xc6, 0xc7, 0xc9, 0xcb, 0xcf, 0xd4, 0xd7, 0xdd, 0xdf
    };

    private final Random random = new Random(20260102);
    private final MsgpackParser parser = new MsgpackParser();
    private final Parser.Decoder decoder = parser.decoder(JSON, SocketLimits.DEFAULT);

    @Test
    void packetsSurviveTheWire() {
        for (int i = 0; i < 5_000; i++) {
            List<@Nullable Object> values = values(random.nextInt(4), 0);
            values.add(0, "name" + text());
            JsonArray arguments = JSON.array(values);
            SocketPacket packet = random.nextBoolean()
                    ? new SocketPacket.Event("/n" + text().replace(",", ""), random.nextInt(3) - 1, arguments)
                    : new SocketPacket.Ack("/", random.nextLong(Long.MAX_VALUE), arguments);
            EnginePacket message = parser.encode(packet).get(0);
            SocketPacket received = Objects.requireNonNull(decoder.receive(message));
            assertThat(parser.encode(received)).containsExactly(message);
            assertThat(received.getClass()).isEqualTo(packet.getClass());
            assertThat(received.namespace()).isEqualTo(packet.namespace());
            assertSame(arguments(received), values);
        }
    }

    private static JsonArray arguments(SocketPacket packet) {
        return packet instanceof SocketPacket.Event event ? event.arguments() : ((SocketPacket.Ack) packet).arguments();
    }

    private static void assertSame(JsonArray arguments, List<@Nullable Object> values) {
        assertThat(arguments.size()).isEqualTo(values.size());
        for (int k = 0; k < values.size(); k++) {
            assertThat(comparable(arguments.get(k, Object.class))).isEqualTo(comparable(values.get(k)));
        }
    }

    /** The value with all arrays of bytes wrapped, so that equality looks at their content, and one kind of integers. */
    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] data) {
            return Bytes.wrap(data);
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(comparable(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, comparable(element)));
            return copy;
        }
        return value;
    }

    @Test
    void mutationsGiveNothingButProtocolExceptions() {
        List<Bytes> seeds = List.of(
                Hex.bytes("83 a4'type'00 a3'nsp'a6'/admin' a4'data'81 a5'token'a3'abc'"),
                Hex.bytes("82 a4'type'01 a3'nsp'a1'/'"),
                Hex.bytes("84 a4'type'02 a3'nsp'a2'/a' a2'id'0c a4'data'"
                        + "99 a3'foo' 01 ff c3 c2 c0 cb3ff8000000000000 90 80"),
                Hex.bytes("83 a4'type'02 a3'nsp'a1'/' a4'data'93 a1'b' 81 a1'k' 92 c40401020304 d40000 c400"),
                Hex.bytes("83a47479706502a46461746193a164d7000000016f5e66e800d700ffffffffffffffffa36e7370a12f"),
                Hex.bytes("83a47479706502a46461746194a164d6ff5e0be100d7ff01312d005e0be100"
                        + "c70cff3b8b87c0ffffffffffffffffa36e7370a12f"),
                Hex.bytes("83 a4'type'02 a3'nsp'a1'/' a4'data'93 a1'x' 82 ac'_placeholder'c3 a3'num'00 c70300010203"),
                Hex.bytes("83 a4'type'04 a3'nsp'a1'/' a4'data'81 a7'message'a2'no'"));
        long cpuBefore = cpuNanos();
        int packets = 0;
        for (int i = 0; i < 200_000; i++) {
            packets += receive(mutated(seeds.get(i % seeds.size()).toByteArray())) ? 1 : 0;
        }
        assertThat(packets).isBetween(10_000, 190_000);
        assertThat(Duration.ofNanos(cpuNanos() - cpuBefore)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void randomBytesGiveNothingButProtocolExceptions() {
        Bytes head = Hex.bytes("83 a4'type'02 a3'nsp'a1'/' a4'data'92 a1'x'");
        for (int i = 0; i < 30_000; i++) {
            byte[] tail = new byte[random.nextInt(40)];
            random.nextBytes(tail);
            receive(tail);
            byte[] message = Arrays.copyOf(head.toByteArray(), head.length() + tail.length);
            System.arraycopy(tail, 0, message, head.length(), tail.length);
            receive(message);
        }
    }

    /** Unlike a clock, not moved by what else the machine does. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Whether the bytes are a packet; what was accepted must be readable and can be sent again. */
    private boolean receive(byte[] bytes) {
        try {
            SocketPacket packet =
                    Objects.requireNonNull(decoder.receive(EnginePacket.binaryMessage(Bytes.wrap(bytes))));
            assertThat(decoder.receive(parser.encode(packet).get(0))).isNotNull();
            if (packet instanceof SocketPacket.Event event) {
                event.name();
                event.arguments().value(0).as(Object.class);
            }
            return true;
        } catch (ProtocolException e) {
            return false;
        }
    }

    private byte[] mutated(byte[] seed) {
        byte[] bytes = seed;
        for (int changes = random.nextInt(3); changes >= 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) (FORMATS[random.nextInt(FORMATS.length)] + random.nextInt(3));
                case 2 -> bytes[at]++;
                case 3 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            }
        }
        return bytes;
    }

    private List<@Nullable Object> values(int count, int depth) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(depth));
        }
        return values;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth < 3 ? 10 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> random.nextGaussian();
            case 5 -> text();
            case 6 -> Map.of("num", 0, "_placeholder", true);
            case 7 -> {
                byte[] data = new byte[random.nextInt(300)];
                random.nextBytes(data);
                yield data;
            }
            case 8 -> values(random.nextInt(20), depth + 1);
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                values(random.nextInt(20), depth + 1).forEach(value -> map.put(text(), value));
                yield map;
            }
        };
    }

    /** Of ASCII, of three bytes a character, with what JSON escapes. */
    private String text() {
        return random.ints(random.nextInt(40), 0, random.nextBoolean() ? 0x80 : 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
