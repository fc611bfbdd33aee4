package io.sockeye.server.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1",
        "2001:db8:1:ffff:0:0:0:1, 2001:db8:1",
        "2001:db8:2:2:3:4:5:6, 2001:db8:2",
        "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0",
        "'', ''"
    })
    void thoseOfASiteCountTogether(String remote, String counted) {
        assertThat(Addresses.of(remote)).isEqualTo(counted);
    }

    /** So that whoever fills the server from many addresses does not make each new client expensive. */
    @Test
    @Timeout(20)
    void theLargestIsKnownHoweverManyThereAre() {
        var addresses = new Addresses();
        for (int i = 0; i < 200_000; i++) {
            addresses.add("a" + i);
            addresses.add("b" + i % 1_000);
            assertThat(addresses.largest().sessions()).isEqualTo(i / 1_000 + 1);
        }
    }

    @Test
    void theLargestIsRightAfterAnyChanges() {
        var addresses = new Addresses();
        var counts = new HashMap<String, Integer>();
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var address = "a" + random.nextInt(30);
            if (random.nextInt(100) < (i / 2_000 % 2 == 0 ? 60 : 40)) {
                addresses.add(address);
                counts.merge(address, 1, Integer::sum);
            } else {
                addresses.remove(address);
                counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
            }
            int most = counts.isEmpty() ? 0 : Collections.max(counts.values());
            var largest = addresses.largest();
            assertThat(largest.sessions()).isEqualTo(most);
            assertThat(counts.getOrDefault(largest.address(), 0)).isEqualTo(most);
            assertThat(addresses.count(address)).isEqualTo(counts.getOrDefault(address, 0));
        }
    }

    @Test
    void theLargestIsTheOneWithTheMostAtTheMoment() {
        var addresses = new Addresses();
        assertThat(addresses.largest()).isEqualTo(new Addresses.Count("", 0));
        addresses.add("192.0.2.1");
        addresses.add("192.0.2.2");
        addresses.add("192.0.2.2");
        assertThat(addresses.largest()).isEqualTo(new Addresses.Count("192.0.2.2", 2));
        addresses.remove("192.0.2.2");
        addresses.remove("192.0.2.2");
        assertThat(addresses.largest()).isEqualTo(new Addresses.Count("192.0.2.1", 1));
        assertThat(addresses.count("192.0.2.2")).isZero();
    }
}
