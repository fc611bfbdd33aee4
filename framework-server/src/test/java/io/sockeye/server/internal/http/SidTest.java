package io.sockeye.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        IntStream.range(0, 10_000).forEach(i -> sids.add(Sid.next("node", 3, RANDOM)));
        IntStream.range(0, 10_000).forEach(i -> sids.add(Sid.random(RANDOM)));
        assertThat(sids).hasSize(20_000);
    }

    @Test
    void all120BitsAreRandom() {
        var ones = new byte[15];
        var zeros = new byte[15];
        for (int i = 0; i < 200; i++) {
            var bits = Base64.getUrlDecoder().decode(Sid.next("node", 0, RANDOM).substring(6));
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
        assertThat(Sid.next("n-_9", 4095, RANDOM)).matches("n-_9[A-Za-z0-9_-]{22}");
        assertThat(Sid.random(RANDOM)).matches("[A-Za-z0-9_-]{20}");
    }

    @Test
    void tellsItsServerAndItsLoop() {
        for (int loop = 0; loop < Sid.MAX_LOOPS; loop++) {
            var sid = Sid.next("n-_9", loop, RANDOM);
            assertThat(Sid.loopOf(sid)).isEqualTo(loop);
            assertThat(Sid.nodeOf(sid)).isEqualTo("n-_9");
        }
    }

    /** Clients write ids as they like, and a cluster looks for the server of that name. */
    @ParameterizedTest
    @ValueSource(strings = {"a b", "a#*d", "\r\n\r\n", "..//", "\u0000\u0000\u0000\u0000", "abé9"})
    void whatCannotBeTheNameOfAServerIsNone(String node) {
        assertThat(Sid.nodeOf((node + "....").substring(0, 4) + "AAAAAAAAAAAAAAAAAAAAAA"))
                .isEmpty();
    }

    @Test
    void theNameOfAServerHasFourCharacters() {
        assertThat(Sid.checkNode("a-_9")).isEqualTo("a-_9");
        for (var wrong : new String[] {"", "abc", "abcde", "ab d", "abé9"}) {
            assertThatThrownBy(() -> Sid.checkNode(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "AA",
                "nodeAAAAAAAAAAAAAAAAAAAAA",
                "nodeAAAAAAAAAAAAAAAAAAAAAAA",
                "node=AAAAAAAAAAAAAAAAAAAAA",
                "nodeA AAAAAAAAAAAAAAAAAAAA",
                "nodeé\u0000AAAAAAAAAAAAAAAAAAAA",
                "node\ud83d\ude00AAAAAAAAAAAAAAAAAAAA",
                "__proto__"
            })
    void anythingElseNamesNoLoop(String sid) {
        assertThat(Sid.loopOf(sid)).isEqualTo(-1);
        assertThat(Sid.nodeOf(sid)).isEmpty();
    }
}
