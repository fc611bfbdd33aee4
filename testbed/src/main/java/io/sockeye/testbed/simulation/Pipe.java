package io.sockeye.testbed.simulation;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One direction of a connection. Messages arrive in order, each some time after it was sent; not while the pipe is stalled
 * or the receiver does not read, and not at all once it is broken.
 */
final class Pipe {
    /** Above so many bytes under way the sender should wait. */
    private static final long HIGH_WATER = 2_000;

    private static final long LATENCY_MICROS = 4_000;

    private final Schedule schedule;
    private final SplittableRandom random;
    private final Consumer<Message> receiver;
    /** Called when the sender may go on. */
    private final Runnable drained;

    private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
    private long bytes;
    private boolean full;
    private long lastArrival;
    private long stalledUntilMicros;
    private boolean reading = true;
    private boolean broken;
    /** Whether something was under way when it broke. */
    private boolean lost;

    private boolean pumping;
    /** Whether the last message has arrived. */
    private boolean ended;

    private record Sent(Message message, long arrivesMicros, int bytes) {}

    Pipe(Schedule schedule, SplittableRandom random, Consumer<Message> receiver, Runnable drained) {
        this.schedule = schedule;
        this.random = random;
        this.receiver = receiver;
        this.drained = drained;
    }

    void send(Message message) {
        bytes += message.bytes();
        full |= bytes > HIGH_WATER;
        if (broken) {
            return; // Whoever sends does not know, until nothing more fits.
        }
        // Most messages are quick, some are not, many arrive together with the one before.
        long latency = random.nextInt(8) == 0 ? LATENCY_MICROS * 10 : LATENCY_MICROS;
        lastArrival = Math.max(lastArrival, schedule.nowMicros() + random.nextLong(latency));
        underWay.add(new Sent(message, lastArrival, message.bytes()));
        pump();
    }

    boolean lost() {
        return lost;
    }

    boolean ended() {
        return ended;
    }

    /** Whether the sender should not wait. */
    boolean writable() {
        return !full;
    }

    /** Nothing arrives for a while. */
    void stall(long millis) {
        stalledUntilMicros = Math.max(stalledUntilMicros, schedule.nowMicros() + millis * 1000);
    }

    /** Whether the receiver takes messages. */
    void reading(boolean wanted) {
        reading = wanted;
        pump();
    }

    /** What is under way is lost, and all that follows. */
    void breakOff() {
        broken = true;
        lost = !underWay.isEmpty();
        underWay.clear();
    }

    private void pump() {
        if (pumping || !reading || underWay.isEmpty()) {
            return;
        }
        pumping = true;
        long at = Math.max(underWay.element().arrivesMicros, stalledUntilMicros);
        schedule.after(Math.max(0, at - schedule.nowMicros()), this::arrive);
    }

    private void arrive() {
        pumping = false;
        if (broken || !reading || underWay.isEmpty() || schedule.nowMicros() < stalledUntilMicros) {
            pump();
            return;
        }
        var sent = underWay.remove();
        bytes -= sent.bytes;
        ended |= sent.message instanceof Message.End;
        receiver.accept(sent.message);
        if (full && bytes <= HIGH_WATER / 2) {
            full = false;
            drained.run();
        }
        pump();
    }
}
