package io.sockeye.testbed.simulation;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.LateMembers;
import io.sockeye.server.SocketServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** What a server could do wrong. */
final class PlantedFaults {
    private PlantedFaults() {}

    /** At times a loop is not woken by what it is given. */
    static final class LostWakeUp extends Faults {
        private static final int EACH = 50;

        @Override
        SimulatedLoop loop(int index, Schedule schedule, SplittableRandom random) {
            return new SimulatedLoop(index, schedule, random) {
                private int count;

                @Override
                void wake() {
                    count++;
                    if (count % EACH != 0) {
                        super.wake();
                    }
                }
            };
        }
    }

    /** What a client has missed is sent twice. */
    static final class DoubledReplay extends Faults {
        @Override
        List<Message.Frame> flush(List<Message.Frame> collected) {
            var frames = new ArrayList<Message.Frame>();
            for (var frame : collected) {
                if (frame.data().utf8().startsWith("40")) {
                    frames.addAll(List.copyOf(frames));
                }
                frames.add(frame);
            }
            return frames;
        }
    }

    /** A client that got an event is told that it has got the next one, too. */
    static final class OffsetOffByOne extends Faults {
        private static final Pattern OFFSET = Pattern.compile("(\"[\\w-]{8}\\.)(\\w+)\"]$");

        @Override
        List<Message.Frame> flush(List<Message.Frame> collected) {
            return collected.stream().map(OffsetOffByOne::moved).toList();
        }

        private static Message.Frame moved(Message.Frame frame) {
            var offset = OFFSET.matcher(frame.data().utf8());
            if (frame.binary() || !offset.find()) {
                return frame;
            }
            long next = Long.parseLong(offset.group(2), 36) + 1;
            var text = offset.replaceFirst(offset.group(1) + Long.toString(next, 36) + "\"]");
            return new Message.Frame(Bytes.ofUtf8(text), false);
        }
    }

    /** A room stays when its last member has left the server. */
    static final class LeakedRoom extends Faults {
        @Override
        void begin(SocketServer server) {
            Chat.NAMESPACES.forEach(name -> LateMembers.leak(server.of(name)));
        }
    }

    /** What is sent together is sent in another order. */
    static final class ReorderedFlush extends Faults {
        @Override
        List<Message.Frame> flush(List<Message.Frame> collected) {
            var frames = new ArrayList<>(collected);
            Collections.reverse(frames);
            return frames;
        }
    }
}
