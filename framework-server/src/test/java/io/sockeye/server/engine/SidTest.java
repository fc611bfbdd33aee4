package io.sockeye.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void thousandsAreAllDifferent() {
        var sids = new HashSet<String>();
        IntStream.range(0, 10_000).forEach(i -> sids.add(Sid.next(3, RANDOM)));
        IntStream.range(0, 10_000).forEach(i -> sids.add(Sid.random(RANDOM)));
        assertThat(sids).hasSize(20_000);
    }

    @Test
    void all120BitsAreRandom() {
        var ones = new byte[15];
        var zeros = new byte[15];
        for (int i = 0; i < 200; i++) {
            var bits = Base64.getUrlDecoder().decode(Sid.next(0, RANDOM).substring(2));
            assertThat(bits).hasSize(15);
            for (int j = 0; j < 15; j++) {
                ones[j] |= bits[j];
                zeros[j] |= (byte) ~bits[j];
            }
        }
        assertThat(ones).containsOnly(0xff);
        assertThat(zeros).containsOnly(0xff);
    }

    @Test
    void goesIntoAQueryAsItIs() {
        assertThat(Sid.next(4095, RANDOM)).matches("[A-Za-z0-9_-]{22}");
        assertThat(Sid.random(RANDOM)).matches("[A-Za-z0-9_-]{20}");
    }

    @Test
    void tellsItsLoop() {
        for (int loop = 0; loop < Sid.MAX_LOOPS; loop++) {
            assertThat(Sid.loopOf(Sid.next(loop, RANDOM))).isEqualTo(loop);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "AA",
                "AAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "=AAAAAAAAAAAAAAAAAAAAA",
                "A AAAAAAAAAAAAAAAAAAAA",
                "é\u0000AAAAAAAAAAAAAAAAAAAA",
                "\ud83d\ude00AAAAAAAAAAAAAAAAAAAA",
                "__proto__"
            })
    void anythingElseNamesNoLoop(String sid) {
        assertThat(Sid.loopOf(sid)).isEqualTo(-1);
    }
}
