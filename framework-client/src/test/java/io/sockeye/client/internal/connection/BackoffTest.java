package io.sockeye.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.Reconnection;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void neverWaitsForNothingHoweverOftenItFailed() {
        var backoff = new Backoff(Reconnection.DEFAULT, new Random(1));
        for (int i = 0; i < 5_000; i++) {
            assertThat(backoff.nextDelayMillis()).isBetween(500L, 7_500L);
        }
        var patient = new Backoff(
                Reconnection.DEFAULT
                        .delay(Duration.ofMillis(1), Duration.ofDays(10_000))
                        .randomization(0),
                new Random(1));
        long before = 0;
        for (int i = 0; i < 5_000; i++) {
            long delay = patient.nextDelayMillis();
            assertThat(delay).isPositive().isGreaterThanOrEqualTo(before);
            before = delay;
        }
    }
}
