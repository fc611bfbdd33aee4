package io.sockeye.testbed.memory;

import java.util.ArrayList;

/**
 * A client joins rooms whose names it chooses, and leaves each at once.
 *
 * @param rooms that it joins
 * @param nameBytes how much longer than need be a name is
 */
record RoomLoop(int rooms, int nameBytes) implements Attack {
    static final RoomLoop USUAL = new RoomLoop(200_000, 8);

    /** How many are asked for in one piece, as fast as the connection takes them. */
    private static final int AT_ONCE = 500;

    @Override
    public int seconds() {
        return 12;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        crowd.each(1, number -> {
            var client = crowd.joined();
            for (int first = 0; first < rooms; first += AT_ONCE) {
                var events = new ArrayList<String>();
                for (int i = first; i < first + AT_ONCE; i++) {
                    var name = i + Attack.text(nameBytes);
                    events.add("42[\"join\",\"" + name + "\"]");
                    events.add("42[\"leave\",\"" + name + "\"]");
                }
                client.texts(events);
            }
            client.text("420[\"echo\",1]");
            client.read();
        });
    }
}
