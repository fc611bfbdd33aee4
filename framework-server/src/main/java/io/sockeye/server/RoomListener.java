package io.sockeye.server;

/**
 * Called for changes of the rooms of a namespace on this server, also of the room that each socket has for itself.
 * Called in order and off the event loop by default.
 *
 * <pre>{@code
 * server.of("/").onRooms(new RoomListener() {
 *     public void joined(String room, String socketId) {
 *         log.info("{} is in {}", socketId, room);
 *     }
 * });
 * }</pre>
 */
public interface RoomListener {
    /** The first socket is about to join the room. */
    default void created(String room) {}

    /** A socket has joined the room. */
    default void joined(String room, String socketId) {}

    /** A socket has left the room. */
    default void left(String room, String socketId) {}

    /** The last socket has left the room. */
    default void deleted(String room) {}
}
