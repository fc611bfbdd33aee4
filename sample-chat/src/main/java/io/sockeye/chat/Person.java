package io.sockeye.chat;

import io.sockeye.server.Socket;

/** A guest as the others see it. */
public record Person(String id, String name) {
    static Person of(Socket socket) {
        return new Person(socket.id(), Guest.of(socket).name());
    }
}
