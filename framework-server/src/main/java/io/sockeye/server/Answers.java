package io.sockeye.server;

import io.sockeye.event.Args;
import java.util.List;

/**
 * The acknowledgements of a broadcast.
 *
 * @param values those that arrived, in the order of their arrival
 * @param missing how many sockets did not answer in time or are gone
 */
public record Answers(List<Args> values, int missing) {
    public Answers {
        values = List.copyOf(values);
    }

    /** Whether everybody answered. */
    public boolean complete() {
        return missing == 0;
    }
}
