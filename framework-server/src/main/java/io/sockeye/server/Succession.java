package io.sockeye.server;

import java.util.function.Consumer;

/**
 * The sockets that stand for one client, one after another, each on a connection of its own. Who holds an old one, such
 * as a handler that took long, reaches the client through the latest. Any thread.
 */
final class Succession {
    /** Changed on the loop of the one before. */
    private volatile Socket latest;

    Succession(Socket first) {
        this.latest = first;
    }

    Socket latest() {
        return latest;
    }

    /** On the loop of the latest one: from now on the next one stands for the client. */
    void follow(Socket next) {
        latest = next;
    }

    /** Runs an action on the loop of the socket that stands for the client by then. */
    void run(Consumer<Socket> action) {
        var socket = latest;
        socket.connection().shard().execute(() -> {
            if (socket == latest) {
                action.accept(socket);
            } else {
                run(action);
            }
        });
    }
}
