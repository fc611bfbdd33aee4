package io.sockeye.testbed.simulation;

import java.util.SplittableRandom;

/** A connection between a client and a server. */
final class Wire {
    private final Schedule schedule;
    private final SplittableRandom random;
    private final Pipe up;
    private final Pipe down;
    private End client = End.NOBODY;
    private End server = End.NOBODY;
    private boolean broken;

    Wire(Schedule schedule, SplittableRandom random) {
        this.schedule = schedule;
        this.random = random;
        this.up = new Pipe(schedule, random.split(), message -> server.receive(message), () -> client.writableAgain());
        this.down =
                new Pipe(schedule, random.split(), message -> client.receive(message), () -> server.writableAgain());
    }

    /** What happens at one end of a connection. */
    interface End {
        End NOBODY = message -> {};

        /** A message arrived; {@link Message.End} is the last one. */
        void receive(Message message);

        /** More can be sent again. */
        default void writableAgain() {}
    }

    /** Messages from the client. */
    Pipe up() {
        return up;
    }

    /** Messages to the client. */
    Pipe down() {
        return down;
    }

    void client(End end) {
        client = end;
    }

    void server(End end) {
        server = end;
    }

    /** Whether nothing travels here any more. */
    boolean over() {
        return broken || (up.ended() && down.ended());
    }

    /**
     * The connection is lost with all that is under way.
     *
     * @param noticed whether the ends are told, each after some time; otherwise they hear nothing more
     */
    void cut(boolean noticed) {
        if (broken) {
            return;
        }
        broken = true;
        up.breakOff();
        down.breakOff();
        if (noticed) {
            schedule.after(random.nextLong(20_000), () -> client.receive(new Message.End()));
            schedule.after(random.nextLong(20_000), () -> server.receive(new Message.End()));
        }
    }

    /** One direction ends, after what is under way. */
    void halfClose(boolean fromClient) {
        (fromClient ? up : down).send(new Message.End());
    }

    /** Neither direction moves for a while. */
    void stall(long millis) {
        up.stall(millis);
        down.stall(millis);
    }
}
