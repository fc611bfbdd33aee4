package io.sockeye.server.internal.threads;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Leads the heavy tasks of one client's mailbox through the gate of the server. While one waits there, its mailbox rests;
 * then that goes on by way of the client's loop, so that whoever leaves the gate never runs the tasks of another client.
 * Guarded by the mailbox.
 */
public final class Passage {
    private final HandlerGate gate;
    private final ClientLoop loop;
    private final Executor offLoop;
    /** The heavy task at the head that waits, or was let in and has not begun; null if there is none. */
    private @Nullable Admission head;

    /** @param offLoop where a mailbox goes on if its executor runs tasks on the caller's thread, which is the loop then */
    public Passage(HandlerGate gate, ClientLoop loop, Executor offLoop) {
        this.gate = gate;
        this.loop = loop;
        this.offLoop = offLoop;
    }

    /**
     * What stands for the task at the head of the mailbox, now that it is to run.
     *
     * @return null if the mailbox rests from now on
     */
    @Nullable
    Runnable admit(Runnable task, PausableQueue mailbox) {
        var admission = head;
        if (admission == null || admission.task != task) {
            forget();
            if (!(task instanceof HandlerTask heavy) || heavy.weight() <= HandlerGate.LIGHT) {
                return task;
            }
            admission = new Admission(heavy, mailbox);
            if (!gate.enter(admission)) {
                head = admission;
                return null;
            }
        }
        head = null;
        return admission;
    }

    /** The task for which the mailbox had asked is not there any more, though it was let in. */
    void forget() {
        var admission = head;
        if (admission != null) {
            head = null;
            gate.leave(admission);
        }
    }

    /** A task was dropped from the mailbox, which goes on if it rests because of it. */
    void dropped(Runnable task) {
        var admission = head;
        if (admission != null && admission.task == task && gate.withdraw(admission)) {
            head = null;
            admission.admitted();
        }
    }

    /** Lets others on the same loop have their turn: whether the mailbox rests until then. */
    boolean pause(PausableQueue mailbox) {
        if (!gate.pause()) {
            return false;
        }
        loop.runSoon(() -> resume(mailbox::resume), () -> resume(mailbox::dropTasks));
        return true;
    }

    /** On the loop: runs what the mailbox's executor wanted to run there. */
    void executeOffLoop(Runnable task) {
        offLoop.execute(task);
    }

    private void resume(Runnable mailbox) {
        try {
            mailbox.run();
        } finally {
            gate.resumed();
        }
    }

    /** A mailbox, or what is like one. */
    interface PausableQueue {
        /** Runs its tasks from the first one on. */
        void resume();

        /** Drops them: nobody will run them. */
        void dropTasks();
    }

    /** Where the client is at present. */
    public interface ClientLoop {
        /** Runs a task on the client's loop, never at once; the other one at once, in its place, if the loop has ended. */
        void run(Runnable task, Runnable dropped);

        /** The same in a moment, in which the loop looks after others; the loop may also end in it. */
        void runSoon(Runnable task, Runnable dropped);

        /** Who the client is: equal for all that it has, as in its namespaces. */
        Object client();
    }

    /** A heavy task that asks to be let in, and runs inside. */
    private final class Admission implements HandlerGate.HeavyTask, HandlerTask {
        private final HandlerTask task;
        private final Object client = loop.client();
        /** Both are made while there is memory for them. */
        private final Runnable resume;

        private final Runnable drop;

        private Admission(HandlerTask task, PausableQueue mailbox) {
            this.task = task;
            this.resume = () -> resume(mailbox::resume);
            this.drop = () -> resume(mailbox::dropTasks);
        }

        @Override
        public long weight() {
            return task.weight();
        }

        @Override
        public Object client() {
            return client;
        }

        @Override
        public void admitted() {
            loop.run(resume, drop);
        }

        @Override
        public void act() {
            task.run();
        }

        @Override
        public void done() {
            gate.leave(this);
        }

        @Override
        public boolean isNeedless() {
            return task.isNeedless();
        }
    }
}
