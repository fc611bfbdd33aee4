package io.sockeye.server.internal.threads;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Heavy tasks that wait to be admitted. Clients take turns, each with one task: who has many mailboxes, as in many
 * namespaces, is not admitted more often than others. Guarded by its gate.
 */
final class GateQueue {
    private final Map<Object, Waiting> clients = new HashMap<>();
    /** The same ones, in the order of their turns. */
    private final ArrayDeque<Waiting> turns = new ArrayDeque<>();

    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(HandlerGate.HeavyTask task) {
        var waiting = clients.get(task.client());
        if (waiting == null) {
            waiting = new Waiting(task.client());
            clients.put(task.client(), waiting);
            turns.add(waiting);
        }
        waiting.tasks.add(task);
        size++;
    }

    /** The one whose turn it is; null if none waits. */
    HandlerGate.@Nullable HeavyTask peek() {
        var first = turns.peek();
        return first == null ? null : first.tasks.peek();
    }

    /** Removes that one; its client has its next turn behind all others. */
    void remove() {
        var first = turns.remove();
        first.tasks.remove();
        size--;
        if (first.tasks.isEmpty()) {
            clients.remove(first.client);
        } else {
            turns.add(first);
        }
    }

    /** Whether it did wait. */
    boolean remove(HandlerGate.HeavyTask task) {
        var waiting = clients.get(task.client());
        if (waiting == null || !waiting.tasks.remove(task)) {
            return false;
        }
        size--;
        if (waiting.tasks.isEmpty()) {
            clients.remove(waiting.client);
            turns.remove(waiting);
        }
        return true;
    }

    /** Those of one client, in the order of asking; never empty. */
    private static final class Waiting {
        private final Object client;
        private final ArrayDeque<HandlerGate.HeavyTask> tasks = new ArrayDeque<>(2);

        private Waiting(Object client) {
            this.client = client;
        }
    }
}
