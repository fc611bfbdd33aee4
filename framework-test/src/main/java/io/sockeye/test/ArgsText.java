package io.sockeye.test;

import io.sockeye.event.Args;
import java.util.stream.Collectors;

/** Arguments as messages of failed tests show them. */
final class ArgsText {
    private static final int MAX = 200;

    private ArgsText() {}

    /** Their JSON as an array, if it is not too long; binary values are placeholders. */
    static String of(Args args) {
        String json =
                args.values().stream().map(value -> value.raw().utf8()).collect(Collectors.joining(", ", "[", "]"));
        return json.length() <= MAX ? json : json.substring(0, MAX) + "…";
    }
}
