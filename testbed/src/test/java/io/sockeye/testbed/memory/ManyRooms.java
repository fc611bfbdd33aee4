package io.sockeye.testbed.memory;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A client joins rooms whose names it chooses.
 *
 * @param rooms that it joins
 * @param nameBytes of a name
 */
record ManyRooms(int rooms, int nameBytes) implements Attack {
    static final ManyRooms SEEN = new ManyRooms(1_000_000, 8);

    /** How many are asked for in one piece, as fast as the connection takes them. */
    private static final int AT_ONCE = 1_000;

    @Override
    public int seconds() {
        return 15;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        crowd.each(1, number -> {
            var client = crowd.joined();
            for (int first = 0; first < rooms; first += AT_ONCE) {
                client.texts(joins(first, Math.min(rooms, first + AT_ONCE)));
            }
            // All have been joined once this is answered.
            client.text("420[\"echo\",1]");
            client.read();
        });
    }

    private List<String> joins(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(room -> String.format(Locale.ROOT, "42[\"join\",\"%0" + nameBytes + "d\"]", room))
                .toList();
    }
}
