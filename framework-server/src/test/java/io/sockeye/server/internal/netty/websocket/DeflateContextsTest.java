package io.sockeye.server.internal.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeflateContextsTest {
    private static final Deflate ALONE = new Deflate(true, true, false);

    private final DeflateContexts contexts = new DeflateContexts(1);
    private final EmbeddedChannel first = new EmbeddedChannel();

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true"})
    void whoComesWhenThereAreTooManyGetsMessagesThatStandForThemselves(boolean server, boolean client) {
        var wanted = new Deflate(server, client, true);

        assertThat(contexts.admit(wanted, first)).isEqualTo(wanted);
        assertThat(contexts.admit(wanted, new EmbeddedChannel())).isEqualTo(new Deflate(true, true, true));
    }

    @Test
    void aChannelThatHasClosedDoesNotCount() {
        var wanted = new Deflate(false, false, false);
        contexts.admit(wanted, first);

        first.close();

        assertThat(contexts.admit(wanted, new EmbeddedChannel())).isEqualTo(wanted);
    }

    @Test
    void messagesThatStandForThemselvesDoNotCount() {
        contexts.admit(ALONE, first);

        assertThat(contexts.admit(new Deflate(false, true, false), new EmbeddedChannel()))
                .isEqualTo(new Deflate(false, true, false));
    }
}
