package io.sockeye.client;

import java.util.random.RandomGenerator;

/** Counts attempts to connect and says how long to wait before each. Owned by the loop. */
final class Backoff {
    /** 2 to this power times a millisecond is more than anybody waits; beyond, the product would overflow. */
    private static final int MAX_EXPONENT = 40;

    private final Reconnection settings;
    private final long delayMillis;
    private final long maxDelayMillis;
    private final RandomGenerator random;
    private int attempts;
    /** How often the delay was doubled. */
    private int doublings;

    Backoff(Reconnection settings, RandomGenerator random) {
        this.settings = settings;
        this.delayMillis = Durations.bounded(settings.delay()).toMillis();
        this.maxDelayMillis = Durations.bounded(settings.maxDelay()).toMillis();
        this.random = random;
    }

    /** How many attempts there were since the last success. */
    int attempts() {
        return attempts;
    }

    boolean exhausted() {
        return attempts >= settings.attempts();
    }

    /** Counts one more attempt; how many milliseconds to wait before it. */
    long nextDelayMillis() {
        double delay = (double) delayMillis * Math.pow(2, Math.min(doublings, MAX_EXPONENT));
        attempts++;
        doublings++;
        double capped = Math.min(delay, (double) maxDelayMillis);
        double deviation = (2 * random.nextDouble() - 1) * settings.randomization();
        return Math.round(capped * (1 + deviation));
    }

    /** Begins with the shortest delay again; the attempts still count. */
    void hurry() {
        doublings = 0;
    }

    void reset() {
        attempts = 0;
        doublings = 0;
    }
}
