package io.sockeye.server;

import io.sockeye.event.Args;
import java.util.List;

/**
 * The acknowledgements of a broadcast. Immutable.
 *
 * <pre>{@code
 * server.timeout(Duration.ofSeconds(5)).request("vote").thenAccept(answers -> {
 *     long yes = answers.values().stream().filter(args -> args.get(0, boolean.class)).count();
 *     log.info("{} yes, {} silent", yes, answers.missing());
 * });
 * }</pre>
 *
 * @param values those that arrived, in the order of their arrival
 * @param missing how many sockets, as far as it is known, did not answer in time or are gone
 * @param silentServers how many servers of the cluster did not even say whom they asked
 */
public record Answers(List<Args> values, int missing, int silentServers) {
    static final Answers NONE = new Answers(List.of(), 0, 0);

    public Answers {
        values = List.copyOf(values);
    }

    /** Whether everybody answered. */
    public boolean complete() {
        return missing == 0 && silentServers == 0;
    }
}
