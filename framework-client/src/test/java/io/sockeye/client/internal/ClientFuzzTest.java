package io.sockeye.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.event.UnexpectedArgumentsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server sends, the client ends or goes on as documented; nothing is thrown on its loop. */
class ClientFuzzTest {
    private static final List<String> SEEDS = List.of(
            ClientUnderTest.OPEN,
            "40{\"sid\":\"me\",\"pid\":\"p\"}",
            "40/admin,{\"sid\":\"you\"}",
            "42[\"e\",1,{\"a\":[null,true,\"x\"]},\"1795745400000-0\"]",
            "42/admin,7[\"e\"]",
            "430[1]",
            "451-[\"e\",{\"_placeholder\":true,\"num\":0}]",
            "461-0[{\"_placeholder\":true,\"num\":0}]",
            "44{\"message\":\"no\",\"data\":{}}",
            "44/admin,\"no\"",
            "41",
            "41/admin,",
            "1",
            "2",
            "3probe",
            "6",
            "bAQID");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesMutatedFrames(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            var thrown = new ArrayList<Throwable>();
            var test = new ClientUnderTest(builder ->
                    builder.onError((error, where) -> thrown.add(error)).retries(random.nextInt(2)));
            test.client.onRequest("e", Integer.class, n -> n);
            test.client.of("/admin").connect();
            test.connect();
            test.client.request("asked");
            for (int frame = 0; frame < 20; frame++) {
                boolean text = random.nextInt(5) > 0;
                test.wire().deliver(mutated(random), !text);
                test.loop.pass(random.nextInt(10) == 0 ? 6_000 : 1);
            }
            assertThat(thrown).allMatch(error -> error instanceof UnexpectedArgumentsException);
            test.client.disconnect();
            test.client.of("/admin").disconnect();
            test.loop.pass(60_000);
            assertThat(test.client.active()).isFalse();
            test.loop.passUntilNoTimerIsLeft();
            assertThat(test.loop.timers()).isZero();
        }
    }

    private static Bytes mutated(Random random) {
        var bytes = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
        int changes = random.nextInt(3);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                default -> bytes[at] = bytes[random.nextInt(bytes.length)];
            }
        }
        return Bytes.wrap(bytes);
    }
}
