package io.sockeye.server.internal.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.PerMessageDeflate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateTest {
    private static final PerMessageDeflate TAKEOVER = PerMessageDeflate.DEFAULT.contextTakeover(true, true);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            permessage-deflate                                          | permessage-deflate
            permessage-deflate; client_max_window_bits                  | permessage-deflate
            permessage-deflate;client_max_window_bits=10                | permessage-deflate
            permessage-deflate; client_max_window_bits="8"              | permessage-deflate
            permessage-deflate; server_max_window_bits=15               | permessage-deflate; server_max_window_bits=15
            permessage-deflate; server_no_context_takeover              | permessage-deflate; server_no_context_takeover
            permessage-deflate; client_no_context_takeover              | permessage-deflate; client_no_context_takeover
            other; a=1, permessage-deflate                              | permessage-deflate
            permessage-deflate; server_max_window_bits=10, permessage-deflate | permessage-deflate
            """)
    void takesTheFirstOfferThatCanBeHad(String offer, String answer) {
        var deflate = Deflate.choose(List.of(offer), TAKEOVER);
        assertThat(deflate).isNotNull().extracting(Deflate::answer).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "other",
                "x-permessage-deflate",
                "permessage-deflate; unknown",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover=true",
                "permessage-deflate;"
            })
    void declinesEveryOther(String offer) {
        assertThat(Deflate.choose(List.of(offer), TAKEOVER)).isNull();
    }

    @Test
    void theServerMayWantEachMessageForItself() {
        var deflate = Deflate.choose(List.of("other", "permessage-deflate"), PerMessageDeflate.DEFAULT);
        assertThat(deflate).isEqualTo(new Deflate(true, true, false));
        assertThat(new Deflate(true, true, false).answer())
                .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
    }
}
