package io.sockeye.server;

import io.sockeye.event.Args;
import io.sockeye.event.Rejection;
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
 * @param values those that arrived and are no rejections, in the order of their arrival
 * @param rejections those of clients that refused the request, in the order of their arrival
 * @param missing how many sockets, as far as it is known, did not answer in time or are gone
 * @param silentServers how many servers of the cluster did not report how many sockets they asked
 * @param silentNames the names of those of them that are known by name
 */
public record Answers(
        List<Args> values, List<Rejection> rejections, int missing, int silentServers, List<String> silentNames) {
    public Answers {
        values = List.copyOf(values);
        rejections = List.copyOf(rejections);
        silentNames = List.copyOf(silentNames);
    }

    /** Whether all sockets and servers answered, also by a rejection. */
    public boolean complete() {
        return missing == 0 && silentServers == 0;
    }
}
