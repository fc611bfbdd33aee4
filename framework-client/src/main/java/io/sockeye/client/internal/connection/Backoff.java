package io.sockeye.client.internal.connection;

import io.sockeye.client.Reconnection;
import io.sockeye.client.internal.settings.Durations;
import java.util.random.RandomGenerator;

/** Counts attempts to connect and computes the delay before each. Owned by the loop. */
public final class Backoff {
    /** 2 to this power milliseconds exceeds every maximum; with more, the product would overflow. */
    private static final int MAX_EXPONENT = 40;

    private final Reconnection settings;
    private final long delayMillis;
    private final long maxDelayMillis;
    private final RandomGenerator random;
    private int attempts;
    /** How often the delay was doubled. */
    private int doublings;

    public Backoff(Reconnection settings, RandomGenerator random) {
        this.settings = settings;
        this.delayMillis = Durations.bounded(settings.delay()).toMillis();
        this.maxDelayMillis = Durations.bounded(settings.maxDelay()).toMillis();
        this.random = random;
    }

    /** Attempts since the last success. */
    int attempts() {
        return attempts;
    }

    public boolean exhausted() {
        return attempts >= settings.attempts();
    }

    /** Counts one more attempt and returns the delay before it. */
    public long nextDelayMillis() {
        double delay = (double) delayMillis * Math.pow(2, Math.min(doublings, MAX_EXPONENT));
        attempts++;
        doublings++;
        double capped = Math.min(delay, (double) maxDelayMillis);
        double deviation = (2 * random.nextDouble() - 1) * settings.randomization();
        return Math.round(capped * (1 + deviation));
    }

    /** The next delay is the shortest again; the count of attempts stays. */
    public void resetDelay() {
        doublings = 0;
    }

    public void reset() {
        attempts = 0;
        doublings = 0;
    }
}
