package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTrustTest {
    private static final ProxyTrust.Peer PEER = new ProxyTrust.Peer("10.0.0.1", false);

    private static ProxyTrust.Peer origin(ProxyTrust trust, String... headers) {
        var list = new ArrayList<String>();
        for (var header : headers) {
            int colon = header.indexOf(':');
            list.add(header.substring(0, colon));
            list.add(header.substring(colon + 1).strip());
        }
        return trust.origin(list, PEER);
    }

    private static final ProxyTrust.Peer NEAREST = new ProxyTrust.Peer("9.9.9.9", false);

    @ParameterizedTest
    @CsvSource({
        "0, '', a.example, ''",
        "1, '', a.example, a.example",
        "1, 1.1.1.1, a.example, a.example",
        "1, 1.1.1.1, 'evil.example, a.example', a.example",
        "2, '1.1.1.1, 2.2.2.2', 'a.example, b.example', a.example",
        "1, 1.1.1.1, '', ''"
    })
    void tellsTheHostThatTheOutermostProxyWasAskedFor(int hops, String addresses, String hosts, String host) {
        var headers = List.of("X-Forwarded-For", addresses, "X-Forwarded-Host", hosts);
        assertThat(ProxyTrust.hops(hops).host(headers, NEAREST).orElse("")).isEqualTo(host);
    }

    @Test
    void tellsTheHostOfForwarded() {
        var headers = List.of("Forwarded", "for=1.1.1.1;host=\"a.example:8080\"", "X-Forwarded-Host", "evil.example");
        assertThat(ProxyTrust.hops(1).byForwarded().host(headers, NEAREST)).contains("a.example:8080");
        assertThat(ProxyTrust.NONE.byForwarded().host(headers, NEAREST)).isEmpty();
    }

    @Test
    void tellsWhatTheProxyShouldHaveSent() {
        var addressed = List.of("X-Forwarded-For", "1.1.1.1");
        assertThat(ProxyTrust.hops(1).missing(List.of(), NEAREST)).contains("X-Forwarded-For");
        assertThat(ProxyTrust.hops(1).byForwarded().missing(addressed, NEAREST)).contains("Forwarded");
        assertThat(ProxyTrust.hops(1).missing(addressed, NEAREST)).isEmpty();
        assertThat(ProxyTrust.NONE.missing(List.of(), NEAREST)).isEmpty();
    }

    @Test
    void withoutTrustNoHeaderCounts() {
        String[] spoofed = {"X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https", "Forwarded: for=1.2.3.4;proto=https"
        };
        for (var trust : List.of(ProxyTrust.NONE, ProxyTrust.addresses("10.0.0.2"), ProxyTrust.NONE.byForwarded())) {
            assertThat(origin(trust, spoofed)).isEqualTo(PEER);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 1.2.3.4                           | 1.2.3.4
            1 | 6.6.6.6, 1.2.3.4                  | 1.2.3.4
            2 | 6.6.6.6, 1.2.3.4, 10.0.0.2        | 1.2.3.4
            2 | 1.2.3.4                           | 1.2.3.4
            9 | 1.2.3.4, 10.0.0.3, 10.0.0.2       | 1.2.3.4
            1 | 1.2.3.4:5678                      | 1.2.3.4
            1 | [2001:DB8::1]:5678                | 2001:db8:0:0:0:0:0:1
            1 | 2001:db8::1                       | 2001:db8:0:0:0:0:0:1
            1 | ::ffff:1.2.3.4                    | 1.2.3.4
            1 | ' , 1.2.3.4 , '                   | 1.2.3.4
            1 | "6.6.6.6, 1.2.3.4                 | 1.2.3.4
            1 | 1.2.3.4, unknown                  | 10.0.0.1
            2 | 1.2.3.4, unknown, 10.0.0.2        | 10.0.0.2
            1 | localhost                         | 10.0.0.1
            1 | 1.2.3.400                         | 10.0.0.1
            1 | :::::                             | 10.0.0.1
            1 | <script>                          | 10.0.0.1
            1 | ''                                | 10.0.0.1
            """)
    void hopsAreCountedFromOurEnd(int hops, String header, String address) {
        assertThat(origin(ProxyTrust.hops(hops), "x-forwarded-for: " + header).address())
                .isEqualTo(address);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(origin(ProxyTrust.hops(1), "X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 1.2.3.4")
                        .address())
                .isEqualTo("1.2.3.4");
    }

    @Test
    void theFirstAddressThatIsNotTrustedCounts() {
        var trust = ProxyTrust.addresses("10.0.0.1", "10.0.0.2", "2001:DB8::2");
        assertThat(origin(trust, "X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.0.0.2").address())
                .isEqualTo("1.2.3.4");
        assertThat(origin(trust, "X-Forwarded-For: 10.0.0.2, 6.6.6.6, 1.2.3.4").address())
                .isEqualTo("1.2.3.4");
        assertThat(origin(trust, "X-Forwarded-For: 1.2.3.4, 2001:db8:0::2").address())
                .isEqualTo("1.2.3.4");
        assertThat(origin(ProxyTrust.when(address -> address.startsWith("10.")), "X-Forwarded-For: 10.9.9.9")
                        .address())
                .isEqualTo("10.9.9.9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 1.2.3.4           | https        | true
            1 | 1.2.3.4           | HTTPS        | true
            1 | 1.2.3.4           | https, http  | false
            1 | 1.2.3.4           | http, https  | true
            2 | 1.2.3.4, 10.0.0.2 | https, http  | true
            2 | 1.2.3.4, 10.0.0.2 | https        | true
            1 | ''                | https        | true
            1 | 1.2.3.4           | ''           | false
            1 | 1.2.3.4           | gopher       | false
            """)
    void theOutermostTrustedProxyKnowsTheProtocol(int hops, String addresses, String protocols, boolean secure) {
        assertThat(origin(ProxyTrust.hops(hops), "X-Forwarded-For: " + addresses, "X-Forwarded-Proto: " + protocols)
                        .secure())
                .isEqualTo(secure);
    }

    @Test
    void aProxyMaySayThatItsClientIsNotEncrypted() {
        var encrypted = new ProxyTrust.Peer("10.0.0.1", true);
        assertThat(ProxyTrust.hops(1)
                        .origin(List.of("X-Forwarded-Proto", "http"), encrypted)
                        .secure())
                .isFalse();
        assertThat(ProxyTrust.hops(1).origin(List.of(), encrypted)).isEqualTo(encrypted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 | for=1.2.3.4;proto=https;by=10.0.0.1                   | 1.2.3.4              | true
            1 | For="[2001:db8:cafe::17]:4711" ; Proto="https"        | 2001:db8:cafe:0:0:0:0:17 | true
            1 | for=6.6.6.6;proto=https, for=1.2.3.4;proto=http       | 1.2.3.4              | false
            1 | for=6.6.6.6;proto=https, for=1.2.3.4                  | 1.2.3.4              | false
            2 | for=6.6.6.6, for=1.2.3.4;proto=https, for=10.0.0.2;proto=http | 1.2.3.4      | true
            1 | for="a, for=6.6.6.6;x=\\"", for=1.2.3.4               | 1.2.3.4              | false
            1 | for=6.6.6.6;proto=https;x=", for="1.2.3.4"            | ``                   | false
            1 | for=6.6.6.6;x=", for=1.2.3.4                          | ``                   | false
            1 | for="6.6.6.6, for=1.2.3.4;proto=https                 | ``                   | false
            1 | for=unknown                                           | 10.0.0.1             | false
            1 | for=_hidden;proto=https                               | 10.0.0.1             | true
            1 | by=10.0.0.1;host=a                                    | 10.0.0.1             | false
            """)
    void forwardedIsReadWithItsQuotes(int hops, String header, String address, boolean secure) {
        assertThat(origin(ProxyTrust.hops(hops).byForwarded(), "Forwarded: " + header))
                .isEqualTo(new ProxyTrust.Peer(address, secure));
    }

    @Test
    void aLineThatCannotBeReadSpoilsNoOther() {
        String[] lines = {"Forwarded: for=\"x", "Forwarded: for=1.2.3.4;proto=https, for=10.0.0.2"};
        assertThat(origin(ProxyTrust.hops(2).byForwarded(), lines)).isEqualTo(new ProxyTrust.Peer("1.2.3.4", true));
        assertThat(origin(ProxyTrust.addresses("10.0.0.1", "10.0.0.2").byForwarded(), lines))
                .isEqualTo(new ProxyTrust.Peer("1.2.3.4", true));
        assertThat(origin(ProxyTrust.hops(3).byForwarded(), lines)).isEqualTo(new ProxyTrust.Peer("", false));
        assertThat(origin(ProxyTrust.hops(1).byForwarded(), lines).address()).isEqualTo("10.0.0.2");
    }

    @Test
    void onlyOneKindOfHeadersCounts() {
        assertThat(origin(ProxyTrust.hops(1), "Forwarded: for=6.6.6.6;proto=https"))
                .isEqualTo(PEER);
        assertThat(origin(ProxyTrust.hops(1).byForwarded(), "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https"))
                .isEqualTo(PEER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0", "10.0.0.0/8", "1.2.3.4:80"})
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> ProxyTrust.addresses(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trustProxy address: '" + address + "'");
        assertThatThrownBy(() -> ProxyTrust.hops(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
