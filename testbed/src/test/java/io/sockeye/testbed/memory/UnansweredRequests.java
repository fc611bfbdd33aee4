package io.sockeye.testbed.memory;

import java.util.ArrayList;
import java.util.Collections;

/**
 * Clients make the application ask them, and never answer. They are patient, so that no handler is behind.
 *
 * @param clients that do so
 * @param requests for each
 */
record UnansweredRequests(int clients, int requests) implements Attack {
    static final UnansweredRequests USUAL = new UnansweredRequests(4, 150_000);

    private static final int AT_ONCE = 500;

    @Override
    public int seconds() {
        return 15;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var events = new ArrayList<>(Collections.nCopies(AT_ONCE, "42[\"ask\"]"));
        events.add("427[\"echo\",1]");
        crowd.each(clients, number -> {
            var client = crowd.joined();
            for (int i = 0; i < requests; i += AT_ONCE) {
                client.texts(events);
                while (!client.read().startsWith("437")) {
                    // A question.
                }
            }
        });
    }
}
