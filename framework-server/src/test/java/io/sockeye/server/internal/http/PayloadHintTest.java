package io.sockeye.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.internal.engine.MemoryExchange;
import io.sockeye.server.internal.engine.MemoryHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadHintTest {
    private final PayloadHint hint = new PayloadHint(10);

    @Test
    void isDueOnceAMinute() {
        assertThat(hint.due(-5)).isTrue();
        assertThat(hint.due(-5)).isFalse();
        assertThat(hint.due(59_994)).isFalse();
        assertThat(hint.due(59_995)).isTrue();
        assertThat(hint.due(59_996)).isFalse();
    }

    @Test
    void isGivenWhenABodyIsTooLongWhateverItWasFor() {
        var host = new MemoryHost(1);
        var request = new HttpRequest("POST", "/a", List.of(), "192.0.2.1", false, Bytes.ofUtf8("12345678901"));
        var call = new Call(
                new MemoryExchange(host, host.loops().get(0), request),
                new Proxies(ProxyTrust.NONE),
                hint,
                (error, where) -> {});
        var heard = new ArrayList<String>();
        call.readBody(10, body -> heard.add("body"), () -> heard.add("too long"));
        assertThat(heard).containsExactly("too long");
        assertThat(hint.due(0)).isFalse();
    }
}
