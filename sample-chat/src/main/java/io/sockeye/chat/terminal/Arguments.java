package io.sockeye.chat.terminal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line says. An argument without a value counts as not given. */
record Arguments(Optional<String> nick, Optional<String> room, String server) {
    private static final List<String> NAMES = List.of("nick", "room", "server");
    private static final String SERVER = "http://localhost:3000";

    static final String USAGE = "--nick=Ada --room=lobby --server=" + SERVER;

    /** @throws IllegalArgumentException if an argument is none of ours */
    static Arguments parse(String... args) {
        Map<String, String> values = new HashMap<>();
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            if (parts.length < 2 || !NAMES.contains(name)) {
                throw new IllegalArgumentException("'" + arg + "' is none of " + USAGE);
            }
            if (!parts[1].isBlank()) {
                values.put(name, parts[1].strip());
            }
        }
        return new Arguments(
                Optional.ofNullable(values.get("nick")),
                Optional.ofNullable(values.get("room")),
                values.getOrDefault("server", SERVER));
    }
}
