package io.sockeye.server.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
