package io.sockeye.testbed.simulation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom an event is for.
 *
 * @param server those of this one, and of all others if it is in a cluster
 * @param rooms those in one of these, or in the whole namespace if there are none
 * @param except the session that it is not for; null if there is none
 */
record Audience(
        Chat server,
        String namespace,
        Set<String> rooms,
        @Nullable String except) {
    static Audience all(Chat server, String namespace) {
        return new Audience(server, namespace, Set.of(), null);
    }

    static Audience room(Chat server, String namespace, String room) {
        return new Audience(server, namespace, Set.of(room), null);
    }

    Audience except(String sid) {
        return new Audience(server, namespace, rooms, sid);
    }

    @Override
    public String toString() {
        return namespace + " " + rooms + (except == null ? "" : " but " + except);
    }
}
