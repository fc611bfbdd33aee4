package io.sockeye.testbed.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One attack on a server in a JVM of its own, with innocent clients at the same time. */
final class Trial {
    private static final String ECHO = "echo";
    /** In which time the memory must be given back once the attackers have gone. */
    private static final int SETTLE_SECONDS = 14;

    private static final long SETTLED_BYTES = 16L << 20;
    private static final int SECOND = 1_000;

    private final Attack attack;
    private final JvmSize size;
    private final Map<String, Newcomers.Wish> newcomers = new LinkedHashMap<>();

    private Trial(Attack attack, JvmSize size) {
        this.attack = attack;
        this.size = size;
    }

    static Trial of(Attack attack) {
        return new Trial(attack, JvmSize.usual());
    }

    Trial in(JvmSize other) {
        var trial = new Trial(attack, other);
        trial.newcomers.putAll(newcomers);
        return trial;
    }

    /** Beside the innocent client that asks for echoes, there are others that want this. */
    Trial with(String name, Newcomers.Wish wish) {
        newcomers.put(name, wish);
        return this;
    }

    Figures run() throws Exception {
        try (var server = ServerProcess.start(size, attack.options());
                var innocent = Innocent.start(server);
                var hiccups = Hiccups.start()) {
            pause(SECOND);
            innocent.rest();
            var before = server.memory();
            innocent.goOn();
            return attack(server, innocent, before).during(hiccups.worstMillis());
        }
    }

    private Figures attack(ServerProcess server, Innocent innocent, @Nullable Memory before) throws Exception {
        var others = new LinkedHashMap<String, Newcomers>();
        newcomers.forEach((name, wish) -> others.put(name, Newcomers.start(server, wish)));
        var crowd = new Crowd(server, attack.seconds());
        try {
            attack.run(crowd);
            pause(SECOND);
            innocent.rest();
            var with = server.memory();
            var fate = crowd.fate();
            var worst = worst(innocent, others);
            crowd.close();
            server.ask("release", 10);
            innocent.goOn();
            pause(SECOND);
            innocent.rest();
            worst.merge(ECHO, innocent.latency().worstMillis(), Math::max);
            var after = settled(server, before);
            boolean answers = server.alive() && answers(server);
            var log = server.log();
            return new Figures(
                    size,
                    before,
                    with,
                    after,
                    worst,
                    0,
                    faults(innocent, others),
                    fate,
                    answers,
                    server.terminate(5),
                    log);
        } finally {
            crowd.close();
            others.values().forEach(Newcomers::close);
        }
    }

    private static void pause(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    private static Map<String, Long> worst(Innocent innocent, Map<String, Newcomers> others) {
        var worst = new LinkedHashMap<String, Long>();
        worst.put(ECHO, innocent.latency().worstMillis());
        others.forEach((name, each) -> worst.put(name, each.latency().worstMillis()));
        return worst;
    }

    private static List<String> faults(Innocent innocent, Map<String, Newcomers> others) throws InterruptedException {
        var faults = new ArrayList<String>();
        add(faults, ECHO, innocent.latency());
        for (var each : others.entrySet()) {
            each.getValue().close();
            each.getValue().latency().settle(SECOND);
            add(faults, each.getKey(), each.getValue().latency());
        }
        return faults;
    }

    private static void add(List<String> faults, String name, Latency latency) {
        if (!latency.fault().isEmpty()) {
            faults.add(name + ": " + latency.fault());
        }
    }

    private static @Nullable Memory settled(ServerProcess server, @Nullable Memory before) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        var after = server.memory();
        while (after != null
                && before != null
                && after.heap() > before.heap() + SETTLED_BYTES
                && System.nanoTime() < end) {
            pause(SECOND);
            after = server.memory();
        }
        return after;
    }

    private static boolean answers(ServerProcess server) {
        try (var connection = server.connect()) {
            connection.timeout(5 * SECOND);
            Newcomers.joins(connection);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
