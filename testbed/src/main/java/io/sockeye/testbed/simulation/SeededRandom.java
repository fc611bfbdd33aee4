package io.sockeye.testbed.simulation;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Ids that are the same in each run of a seed. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom random;

    SeededRandom(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
