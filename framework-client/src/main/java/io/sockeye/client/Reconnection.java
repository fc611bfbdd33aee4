package io.sockeye.client;

import java.time.Duration;

/**
 * Whether, when and how often a client tries to connect again. Immutable.
 *
 * <pre>{@code
 * SocketClient.builder(url).reconnection(Reconnection.DEFAULT.attempts(10).delay(Duration.ofMillis(200), Duration.ofSeconds(30)));
 * SocketClient.builder(url).reconnection(Reconnection.NONE);
 * }</pre>
 *
 * @param attempts how many, before the client gives up; 0 for none
 * @param delay before the first attempt; it doubles with each further one
 * @param maxDelay the longest delay, before randomization
 * @param randomization by which fraction a delay may be shorter or longer, 0 to 1, so that many clients do not connect at the
 *     same time
 */
public record Reconnection(int attempts, Duration delay, Duration maxDelay, double randomization) {
    /** The official client's: without end, after 1 s, 2 s, 4 s and then every 5 s, each of them ± 50 %. */
    public static final Reconnection DEFAULT =
            new Reconnection(Integer.MAX_VALUE, Duration.ofSeconds(1), Duration.ofSeconds(5), 0.5);

    /** No attempt, until {@link Socket#connect} is called. */
    public static final Reconnection NONE = DEFAULT.attempts(0);

    /** @throws IllegalArgumentException if a value is invalid */
    public Reconnection {
        if (attempts < 0 || delay.isNegative() || maxDelay.compareTo(delay) < 0) {
            throw new IllegalArgumentException(
                    "attempts %d, delay %s, maxDelay %s".formatted(attempts, delay, maxDelay));
        }
        if (!(randomization >= 0 && randomization <= 1)) {
            throw new IllegalArgumentException("randomization: " + randomization);
        }
    }

    /** The same with this number of attempts. */
    public Reconnection attempts(int count) {
        return new Reconnection(count, delay, maxDelay, randomization);
    }

    /** The same with these delays. */
    public Reconnection delay(Duration first, Duration max) {
        return new Reconnection(attempts, first, max, randomization);
    }

    /** The same with this randomization. */
    public Reconnection randomization(double part) {
        return new Reconnection(attempts, delay, maxDelay, part);
    }
}
