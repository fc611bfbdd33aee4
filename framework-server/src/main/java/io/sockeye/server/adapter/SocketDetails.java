package io.sockeye.server.adapter;

import io.sockeye.server.Handshake;
import io.sockeye.server.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What can be told of a socket of any server at one moment.
 *
 * @param rooms with the one of its own id
 * @param data a copy of {@link Socket#data()}, without the nulls that servers of other kinds may have there
 */
public record SocketDetails(String id, Handshake handshake, Set<String> rooms, Map<String, Object> data) {
    public SocketDetails {
        rooms = Set.copyOf(rooms);
        var present = new HashMap<>(data);
        present.values().removeIf(Objects::isNull);
        data = Map.copyOf(present);
    }
}
