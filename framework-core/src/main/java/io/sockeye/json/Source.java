package io.sockeye.json;

import java.io.Serializable;

/**
 * Where received values come from.
 *
 * @param peer the sender
 * @param answer whether they acknowledge an event of this side
 */
record Source(Peer peer, boolean answer) implements Serializable {
    Source asAnswer() {
        return new Source(peer, true);
    }
}
