package io.sockeye.testbed.memory;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Events that cost more than their bytes say.
 *
 * @param clients that send them
 * @param events of each
 * @param kind of event, see the code
 */
record OddEvents(int clients, int events, String kind) implements Attack {
    static final OddEvents USUAL = new OddEvents(40, 10, "objects");

    private static final int BYTES = 980_000;

    @Override
    public int seconds() {
        return 15;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var value = value();
        crowd.each(clients, number -> {
            var client = crowd.joined();
            crowd.begin(reader -> client.connection().drain());
            for (int i = 0; i < events; i++) {
                send(client, number, i, value);
            }
        });
    }

    private void send(RawWebSocket client, int number, int i, String value) throws IOException {
        switch (kind) {
            case "name" -> client.text("42[\"" + number + "-" + i + Attack.text(900_000) + "\"]");
            case "room" -> client.text("42[\"join\",\"" + number + "-" + i + Attack.text(900_000) + "\"]");
            case "ack" -> client.text("42" + "9".repeat(BYTES) + "[\"echo\",1]");
            case "zeros" -> client.text("42" + "0".repeat(BYTES) + "[\"echo\",1]");
            case "answers" -> client.text("43" + (1_000_000_000_000L + i) + "[1]");
            case "attachments" -> {
                client.text("4510-[\"echo\""
                        + IntStream.range(0, 10)
                                .mapToObj(each -> ",{\"_placeholder\":true,\"num\":" + each + "}")
                                .collect(Collectors.joining())
                        + "]");
                for (int each = 0; each < 10; each++) {
                    client.binary(new byte[0]);
                }
            }
            default -> client.text("42[\"parse\"," + value + "]");
        }
    }

    private String value() {
        return switch (kind) {
            case "nested" -> nested();
            case "digits" -> "1".repeat(BYTES);
            case "numbers" -> list("1" + "0".repeat(9_000));
            case "exponent" -> list("1e999999999");
            case "keys" ->
                "{"
                        + IntStream.range(0, 90_000)
                                .mapToObj(i -> "\"" + i + "\":1")
                                .collect(Collectors.joining(",")) + "}";
            case "colliding" ->
                "{" + IntStream.range(0, 1 << 14).mapToObj(OddEvents::colliding).collect(Collectors.joining(",")) + "}";
            case "lists" -> list("[]");
            case "zeros in a list" -> list("0");
            case "strings" -> list("\"a\"");
            case "members" -> list("{\"\":0}");
            case "deep" -> list("{\"\":".repeat(500) + "0" + "}".repeat(500));
            case "arguments" -> "0" + ",0".repeat(BYTES / 2);
            default -> list("{}");
        };
    }

    /** The most values that so many bytes may have. */
    static String nested() {
        return list("[".repeat(500) + "]".repeat(500));
    }

    private static String list(String element) {
        int count = BYTES / (element.length() + 1);
        return "[" + IntStream.range(0, count).mapToObj(i -> element).collect(Collectors.joining(",")) + "]";
    }

    /** Of 16,384 keys all have the same hash. */
    private static String colliding(int number) {
        return "\""
                + IntStream.range(0, 14)
                        .mapToObj(bit -> ((number >> bit) & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining())
                + "\":1";
    }
}
