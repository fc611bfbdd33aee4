package io.sockeye.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.internal.transport.TransportFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class HttpFailuresTest {
    /** As the HTTP client says it where nobody listens. */
    @Test
    void aRefusedConnectionIsUnreachable() {
        var failure =
                HttpFailures.of(new CompletionException(caused(new ConnectException(), new ClosedChannelException())));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.message()).isEqualTo("nobody listens there");
    }

    @Test
    void anUnknownHostIsFoundInsideAConnectException() {
        var failure = HttpFailures.of(caused(new ConnectException(), new UnresolvedAddressException()));

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_HOST);
        assertThat(failure.message()).isEqualTo("the host's name is not known");
    }

    @Test
    void aChannelThatEndsAfterwardsIsALostConnection() {
        var failure = HttpFailures.of(
                caused(new IOException("HTTP/1.1 header parser received no bytes"), new ClosedChannelException()));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.message()).isEqualTo("HTTP/1.1 header parser received no bytes");
    }

    private static <E extends Exception> E caused(E exception, Exception cause) {
        exception.initCause(cause);
        return exception;
    }
}
