package io.sockeye.testbed.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An attack on a server with other settings. */
record Against(Attack attack, List<String> further) implements Attack {
    static Against server(Attack attack, String... options) {
        return new Against(attack, List.of(options));
    }

    @Override
    public List<String> options() {
        var all = new ArrayList<>(attack.options());
        all.addAll(further);
        return all;
    }

    @Override
    public int seconds() {
        return attack.seconds();
    }

    @Override
    public void run(Crowd crowd) throws IOException, InterruptedException {
        attack.run(crowd);
    }
}
