package io.sockeye.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonValue;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random packets come back as they were, and of random bytes nothing comes out but a {@link ProtocolException}. */
class SocketFuzzTest {
    private static final Json JSON = Json.standard();
    private static final byte[] ALPHABET =
            "0123456789-,/[]{}\":\\uabtrfne_placeholdrnum .\u0000\u001f".getBytes(StandardCharsets.UTF_8);

    private final Random random = new Random(20260101);
    private final SocketDecoder decoder = new SocketDecoder(JSON, SocketLimits.DEFAULT);

    @Test
    void packetsSurviveTheWire() {
        for (int i = 0; i < 5_000; i++) {
            List<@Nullable Object> values = values(random.nextInt(4), 0);
            values.add(0, "name" + text());
            String namespace = random.nextBoolean() ? "/" : "/n" + text().replace(",", "");
            JsonArray arguments = JSON.array(values);
            if (arguments.attachments().size() > 10) {
                continue;
            }
            SocketPacket packet = random.nextBoolean()
                    ? new SocketPacket.Event(namespace, random.nextInt(3) - 1, arguments)
                    : new SocketPacket.Ack(namespace, random.nextLong(Long.MAX_VALUE), arguments);
            SocketPacket received = transfer(SocketEncoder.encode(packet));
            assertThat(received).isEqualTo(packet);
            JsonArray back = received instanceof SocketPacket.Event event
                    ? event.arguments()
                    : ((SocketPacket.Ack) received).arguments();
            for (int k = 0; k < values.size(); k++) {
                assertThat(Objects.deepEquals(comparable(back.get(k, Object.class)), comparable(values.get(k))))
                        .isTrue();
            }
        }
    }

    @Test
    void mutationsGiveNothingButProtocolExceptions() {
        List<byte[]> seeds = List.of(
                utf8("0{\"token\":\"123\"}"),
                utf8("0/admin,"),
                utf8("1/admin,"),
                utf8("4{\"message\":\"Not authorized\"}"),
                utf8("2/admin,12[\"foo\",1.5e3,\"a\\u00e9\\n\",{\"k\":[null,true]}]"),
                utf8("3/admin,13[\"bar\",[[[]]]]"),
                utf8(
                        "52-/admin,7[\"baz\",{\"_placeholder\":true,\"num\":0},{\"k\":{\"num\":1,\"_placeholder\":true}}]"),
                utf8("61-15[\"é😀\",{\"_placeholder\":true,\"num\":0}]"));
        long cpuBefore = cpuNanos();
        int packets = 0;
        for (int i = 0; i < 200_000; i++) {
            packets += receive(mutated(seeds.get(i % seeds.size()))) ? 1 : 0;
        }
        assertThat(packets).isBetween(2_000, 190_000);
        assertThat(Duration.ofNanos(cpuNanos() - cpuBefore)).isLessThan(Duration.ofSeconds(5));
    }

    /** Unlike a clock, not moved by what else the machine does. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Whether the frame, with attachments where it asks for some, is a packet. */
    private boolean receive(byte[] frame) {
        try {
            SocketPacket packet = decoder.receive(EnginePacket.message(Bytes.wrap(frame)));
            while (decoder.awaitsAttachments()) {
                packet = decoder.receive(EnginePacket.binaryMessage(Bytes.wrap(new byte[random.nextInt(4)])));
            }
            use(Objects.requireNonNull(packet));
            return true;
        } catch (ProtocolException e) {
            return decoder.awaitsAttachments();
        }
    }

    /** What was accepted must be readable. */
    private static void use(SocketPacket packet) {
        if (packet instanceof SocketPacket.Event event) {
            event.name();
            JSON.array(List.of(event.arguments().from(1)));
        }
        if (packet instanceof SocketPacket.Ack ack && ack.arguments().size() > 0) {
            ack.arguments().get(0, Object.class);
        }
    }

    private byte[] mutated(byte[] seed) {
        byte[] frame = Arrays.copyOf(seed, seed.length);
        for (int changes = random.nextInt(3); changes >= 0 && frame.length > 0; changes--) {
            int at = random.nextInt(frame.length);
            switch (random.nextInt(5)) {
                case 0 -> frame[at] = (byte) random.nextInt(256);
                case 1 -> frame = Arrays.copyOf(frame, at);
                case 2 -> frame = spliced(frame, at, frame, random.nextInt(frame.length));
                case 3 -> frame = spliced(frame, at, frame, Math.min(at + 1, frame.length));
                default -> frame[at] = ALPHABET[random.nextInt(ALPHABET.length)];
            }
        }
        return frame;
    }

    private static byte[] spliced(byte[] head, int headLength, byte[] tail, int tailStart) {
        byte[] result = Arrays.copyOf(head, headLength + tail.length - tailStart);
        System.arraycopy(tail, tailStart, result, headLength, tail.length - tailStart);
        return result;
    }

    private SocketPacket transfer(List<EnginePacket> messages) {
        SocketPacket last = null;
        for (EnginePacket message : messages) {
            assertThat(last).isNull();
            last = decoder.receive(message);
        }
        return Objects.requireNonNull(last);
    }

    private List<@Nullable Object> values(int count, int depth) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(depth));
        }
        return values;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth < 3 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong() | 1L << 40;
            case 4 -> random.nextGaussian();
            case 5 -> text();
            case 6 -> {
                byte[] data = new byte[random.nextInt(20)];
                random.nextBytes(data);
                yield data;
            }
            case 7 -> values(random.nextInt(4), depth + 1);
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                values(random.nextInt(4), depth + 1).forEach(value -> map.put(text(), value));
                yield map;
            }
        };
    }

    private String text() {
        return random.ints(random.nextInt(8), 0, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The value with all arrays of bytes wrapped, so that equality looks at their content. */
    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] data) {
            return Bytes.wrap(data);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(comparable(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new HashMap<>();
            map.forEach((key, element) -> copy.put(key, comparable(element)));
            return copy;
        }
        return value;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void arbitraryJsonValuesCanBeEmittedAgain() {
        for (int i = 0; i < 2_000; i++) {
            JsonArray array = JSON.array(values(1 + random.nextInt(4), 0));
            List<JsonValue> elements = new ArrayList<>();
            for (int k = 0; k < array.size(); k++) {
                elements.add(array.value(k));
            }
            assertThat(JSON.array(elements)).isEqualTo(array);
        }
    }
}
