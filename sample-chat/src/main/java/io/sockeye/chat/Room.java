package io.sockeye.chat;

/** A room by the name that people gave it. */
record Room(String name) {
    private static final String PREFIX = "room:";

    /** The room's name in the server, which must not be mistaken for a socket's id. */
    String key() {
        return PREFIX + name;
    }

    static boolean isKey(String name) {
        return name.startsWith(PREFIX);
    }
}
