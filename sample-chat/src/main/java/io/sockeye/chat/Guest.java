package io.sockeye.chat;

import io.sockeye.server.Socket;
import java.util.Objects;

/** Who is behind a socket, and where. */
record Guest(String name, Room room) {
    static final String KEY = "guest";

    Guest(String name, String room) {
        this(name, new Room(room));
    }

    static Guest of(Socket socket) {
        return (Guest) Objects.requireNonNull(socket.data().get(KEY));
    }

    Guest in(Room next) {
        return new Guest(name, next);
    }
}
