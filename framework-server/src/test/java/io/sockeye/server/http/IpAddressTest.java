package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "::1, 0:0:0:0:0:0:0:1",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
        "fe80::1, fe80:0:0:0:0:0:0:1",
        "::ffff:1.2.3.4, 1.2.3.4"
    })
    void readsAddresses(String text, String address) {
        assertThat(IpAddress.parse(text)).contains(address);
    }

    /** The JDK would ask a name server for these, and the event loop would wait for it. */
    @ParameterizedTest
    @ValueSource(strings = {".1:2:3", ".:", ".", "", "host", "1.2.3", "a.b", "1.2.3.400", "%1:", "[::1]"})
    void looksNothingUp(String text) {
        assertThat(IpAddress.isLiteral(text)).isFalse();
        assertThat(IpAddress.parse(text)).isEmpty();
    }
}
