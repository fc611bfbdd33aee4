package io.sockeye.server;

import java.util.function.Consumer;

/**
 * The sockets that stand for one client, one after another, each on a connection of its own. Who holds an old one, such
 * as a handler that took long, reaches the client through the latest. Any thread.
 *
 * <p>Whatever is done to the client belongs to exactly one of them. What is posted to all loops has a number (see {@link
 * Postings}), and each socket owns the numbers from the one on at which it followed. What is done to the client alone is
 * posted under the lock under which the next socket follows, so that it goes as a whole to the one or to the other. Both
 * agree with each thread's order: the number is drawn while the next socket follows, and so a thread that has met the one
 * socket in either way meets no older one later.
 */
final class Succession {
    /** Written while holding this, and while no posting can begin. */
    private volatile Latest latest;

    Succession(Socket first) {
        this.latest = new Latest(first, 0);
    }

    Socket latest() {
        return latest.socket;
    }

    /**
     * From now on the next one stands for the client.
     *
     * @param then a short task, run when all that belongs to the one before is known to its loop
     */
    void follow(Socket next, Postings postings, Runnable then) {
        synchronized (this) {
            postings.cut(number -> latest = new Latest(next, number), then);
        }
    }

    /** Whether what was posted to all loops under that number belongs to this one of the latest two sockets. */
    boolean owns(Socket socket, long number) {
        var present = latest;
        return (socket == present.socket) == (number >= present.from);
    }

    /** Runs an action on the loop of the latest socket, at once if called there. */
    void run(Consumer<Socket> action) {
        run(socket -> {}, action);
    }

    /**
     * Runs an action on the loop of the latest socket, at once if called there.
     *
     * @param now a short task for that socket, run on the present thread before
     */
    void run(Consumer<Socket> now, Consumer<Socket> action) {
        Socket socket;
        synchronized (this) {
            socket = latest.socket;
            now.accept(socket);
            var owner = socket;
            var shard = socket.connection().shard();
            if (!shard.inLoop()) {
                shard.post(() -> owner.membership().inTurn(() -> action.accept(owner)));
                return;
            }
        }
        // Not under the lock, since it may call handlers. If the next socket follows meanwhile, this is still done
        // before the
        // session leaves, for which the loop needs another turn.
        var owner = socket;
        owner.membership().inTurn(() -> action.accept(owner));
    }

    /** @param from the first number that the socket owns */
    private record Latest(Socket socket, long from) {}
}
