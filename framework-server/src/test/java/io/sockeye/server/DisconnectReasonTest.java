package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisconnectReasonTest {
    @ParameterizedTest
    @CsvSource({
        "CLIENT_NAMESPACE_DISCONNECT, client namespace disconnect",
        "SERVER_NAMESPACE_DISCONNECT, server namespace disconnect",
        "TRANSPORT_ERROR, transport error",
        "TRANSPORT_CLOSE, transport close",
        "FORCED_CLOSE, forced close",
        "PING_TIMEOUT, ping timeout",
        "PARSE_ERROR, parse error",
        "SERVER_SHUTTING_DOWN, server shutting down",
        "OUTBOX_OVERFLOW, outbox overflow",
        "MAILBOX_OVERFLOW, mailbox overflow",
        "MEMORY, memory",
        "TOO_MANY_SESSIONS, too many sessions",
        "EVENTS_MISSED, events missed"
    })
    void isSpelledAsInTheReferenceServer(DisconnectReason reason, String text) {
        assertThat(reason.text()).isEqualTo(text);
    }
}
