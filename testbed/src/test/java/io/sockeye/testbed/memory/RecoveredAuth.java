package io.sockeye.testbed.memory;

import java.util.List;

/**
 * A client says much of itself each time that it comes back to its session.
 *
 * @param returns of the client
 * @param authBytes each time
 * @param blocked whether a handler of the session blocks meanwhile
 */
record RecoveredAuth(int returns, int authBytes, boolean blocked) implements Attack {
    static final RecoveredAuth SEEN = new RecoveredAuth(300, 990_000, true);

    @Override
    public List<String> options() {
        return List.of("--recovery", "on");
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var padding = Attack.text(authBytes);
        crowd.each(1, number -> {
            var client = RecoverableClient.begin(crowd, "{}");
            if (blocked) {
                client.socket().text("42[\"block\"]");
            }
            for (int i = 0; i < returns; i++) {
                client.comeBack(padding);
            }
        });
    }
}
