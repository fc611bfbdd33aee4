package io.sockeye.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * A client that loses its connection at random moments in random ways and comes back. It fails when it was not recovered,
 * or when an event is missing, doubled or out of order; it leaves when it has heard all, and tells how often it came back.
 */
final class RestlessClient implements Callable<Integer> {
    private static final Pattern NUMBERED = Pattern.compile("42\\[\"(n|last)\",(\\d+),(\\d+),(\\d+),\"[^\"]+\"]");
    private static final Pattern DIRECT = Pattern.compile("42\\[\"direct\",(\\d+),\"[^\"]+\"]");

    /** Where it may come back. */
    private final List<SocketServer> servers;

    private final Random random;
    /** By sender and room: the number that comes next. */
    private final Map<String, Integer> expected = new HashMap<>();

    /** How many events were for this client alone. */
    private int heardDirectly;
    /** How much must be heard. */
    private int missing;

    private Guest guest;

    /** Joins, and hears a greeting: without an offset, nobody comes back who may have been sent something. */
    RestlessClient(List<SocketServer> servers, boolean polling, long seed) throws IOException {
        this.servers = servers;
        this.random = new Random(seed);
        this.guest = Guest.join(anyServer(), polling);
        check(guest.hear().equals("\"hello\""), "no greeting");
    }

    private SocketServer anyServer() {
        return servers.get(random.nextInt(servers.size()));
    }

    String id() {
        return guest.id();
    }

    /** @param events how many last and direct ones there will be */
    RestlessClient expects(int events) {
        missing = events;
        return this;
    }

    @Override
    public Integer call() throws Exception {
        int returns = 0;
        for (; !heardEnough(1 + random.nextInt(80)); returns++) {
            loseConnection();
            Thread.sleep(random.nextInt(30));
            var again = guest.insist(anyServer());
            check(again.id().equals(guest.id()), "not recovered at return " + returns + ", offset " + guest.offset());
            guest.close();
            guest = again;
        }
        guest.send("41");
        guest.close();
        return returns;
    }

    private void loseConnection() throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> goAway();
            case 1 -> guest.close();
            case 2 -> {
                var hasty = guest.line().another(anyServer());
                guest.wish(hasty);
                hasty.close();
            }
            default -> {
                // The old connection lives on.
            }
        }
    }

    private void goAway() throws IOException {
        try {
            guest.goAway();
        } catch (AssertionError e) {
            // A hasty wish was late and got the session.
            String message = String.valueOf(e.getMessage());
            check(message.contains("Session ID unknown"), message);
        }
    }

    /** Hears that many packets, unless all was heard before. */
    private boolean heardEnough(int packets) throws IOException {
        for (int i = 0; i < packets && missing > 0; i++) {
            String packet = guest.next();
            if (packet.startsWith("close") || packet.equals("1") || packet.startsWith("{\"code\":1")) {
                break; // A hasty wish was late and got the session.
            }
            take(packet);
        }
        return missing == 0;
    }

    private void take(String packet) {
        var numbered = NUMBERED.matcher(packet);
        var direct = DIRECT.matcher(packet);
        if (numbered.matches()) {
            var stream = numbered.group(2) + " in " + numbered.group(3);
            int number = Integer.parseInt(numbered.group(4));
            int due = expected.getOrDefault(stream, 0);
            check(number == due, packet + " instead of " + due);
            expected.put(stream, number + 1);
            missing -= numbered.group(1).equals("last") ? 1 : 0;
        } else if (direct.matches()) {
            int number = Integer.parseInt(direct.group(1));
            check(number == heardDirectly, packet + " instead of " + heardDirectly);
            heardDirectly++;
            missing--;
        } else {
            check(packet.equals("42[\"noise\"]"), packet);
        }
    }

    private void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError("client " + guest.id() + ": " + otherwise);
        }
    }
}
