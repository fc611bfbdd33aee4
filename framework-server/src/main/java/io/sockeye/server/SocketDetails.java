package io.sockeye.server;

import java.util.Map;
import java.util.Set;

/**
 * What can be told of a socket of any server at one moment.
 *
 * @param rooms with the one of its own id
 * @param data a copy of {@link Socket#data()}
 */
public record SocketDetails(String id, Handshake handshake, Set<String> rooms, Map<String, Object> data) {
    public SocketDetails {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }
}
