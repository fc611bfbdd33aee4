package io.sockeye.server.internal.threads;

import org.jspecify.annotations.Nullable;

/**
 * Leads the heavy tasks of one client's mailbox through the gate of the server. While one waits there, its mailbox rests;
 * then that goes on by way of the client's loop, so that whoever leaves the gate never runs the tasks of another client.
 * Guarded by the mailbox.
 */
public final class Passage {
    private final HandlerGate gate;
    private final Place place;
    /** The heavy task at the head that waits, or was let in and has not begun; null if there is none. */
    private @Nullable Visit head;

    public Passage(HandlerGate gate, Place place) {
        this.gate = gate;
        this.place = place;
    }

    /**
     * What stands for the task at the head of the mailbox, now that it is to run.
     *
     * @return null if the mailbox rests from now on
     */
    @Nullable
    Runnable admit(Runnable task, Traveller mailbox) {
        var visit = head;
        if (visit == null || visit.task != task) {
            forget();
            if (!(task instanceof HandlerTask heavy) || heavy.weight() <= HandlerGate.LIGHT) {
                return task;
            }
            visit = new Visit(heavy, mailbox);
            if (!gate.enter(visit)) {
                head = visit;
                return null;
            }
        }
        head = null;
        return visit;
    }

    /** The task for which the mailbox had asked is not there any more, though it was let in. */
    void forget() {
        var visit = head;
        if (visit != null) {
            head = null;
            gate.leave(visit);
        }
    }

    /** A task was dropped from the mailbox, which goes on if it rests because of it. */
    void dropped(Runnable task) {
        var visit = head;
        if (visit != null && visit.task == task && gate.withdraw(visit)) {
            head = null;
            visit.letIn();
        }
    }

    /** Lets others on the same loop have their turn: whether the mailbox rests until then. */
    boolean pause(Traveller mailbox) {
        if (!gate.pause()) {
            return false;
        }
        place.runSoon(() -> goOn(mailbox::goOn));
        return true;
    }

    private void goOn(Runnable mailbox) {
        try {
            mailbox.run();
        } finally {
            gate.goesOn();
        }
    }

    /** A mailbox, or what is like one. */
    interface Traveller {
        /** Runs its tasks from the first one on. */
        void goOn();

        /** Drops them: nobody will run them. */
        void giveUp();
    }

    /** Where the client is at present. */
    public interface Place {
        /** Runs a task on the client's loop, never at once; the other one at once, in its place, if the loop has ended. */
        void run(Runnable task, Runnable dropped);

        /** Runs a task there in a moment, in which the loop looks after others. */
        void runSoon(Runnable task);
    }

    /** A heavy task that asks to be let in, and runs inside. */
    private final class Visit implements HandlerGate.Visitor, HandlerTask {
        private final HandlerTask task;
        /** Both are made while there is memory for them. */
        private final Runnable goOn;

        private final Runnable drop;

        private Visit(HandlerTask task, Traveller mailbox) {
            this.task = task;
            this.goOn = () -> goOn(mailbox::goOn);
            this.drop = () -> goOn(mailbox::giveUp);
        }

        @Override
        public long weight() {
            return task.weight();
        }

        @Override
        public void letIn() {
            place.run(goOn, drop);
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
