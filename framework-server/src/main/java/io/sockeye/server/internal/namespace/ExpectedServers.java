package io.sockeye.server.internal.namespace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which servers of a cluster are to be heard, and which were. The name of one that has none is the empty text. Guarded by
 * its owner.
 */
final class ExpectedServers {
    /** Those that are to be heard; null while that is not known. */
    private @Nullable List<String> expected;

    private final Set<String> heard = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    /** How many servers without a name were heard, and with one that nobody expected. */
    private int others;
    /** Whether it is not known which servers there are. */
    private boolean uncertain;

    void expect(List<String> servers) {
        expected = List.copyOf(servers);
        for (var name : heard) {
            if (!servers.contains(name)) {
                others++;
            }
        }
    }

    /** Nobody can say which servers there are: one is to be heard, and what comes is not known to be all. */
    void expectAny() {
        uncertain = true;
        expect(List.of(""));
    }

    /** @return whether that server was not heard before */
    boolean hear(String server) {
        if (!server.isEmpty() && !heard.add(server)) {
            return false;
        }
        if (server.isEmpty() || (expected != null && !expected.contains(server))) {
            others++;
        }
        return true;
    }

    /** That server will not be heard any more. */
    void leave(String server) {
        gone.add(server);
    }

    boolean isGone(String server) {
        return gone.contains(server);
    }

    /** Whether nobody is waited for. */
    boolean isComplete() {
        return expected != null && unnamedSilent() == 0 && gone.containsAll(silentNames());
    }

    /** The names of those that are to be heard and were not. */
    List<String> silentNames() {
        var silent = new ArrayList<String>();
        if (expected != null) {
            for (var name : expected) {
                if (!name.isEmpty() && !heard.contains(name)) {
                    silent.add(name);
                }
            }
        }
        return silent;
    }

    private int unnamedSilent() {
        if (expected == null) {
            return 1;
        }
        int unnamed = (int) expected.stream().filter(String::isEmpty).count();
        return Math.max(0, unnamed - others);
    }

    /** How many are to be heard and were not, as far as it is known. */
    int silent() {
        int silent = silentNames().size() + unnamedSilent();
        return uncertain ? Math.max(1, silent) : silent;
    }
}
