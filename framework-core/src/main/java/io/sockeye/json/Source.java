package io.sockeye.json;

import java.io.Serializable;

/**
 * Where received values come from.
 *
 * @param peer who has sent them
 * @param answer whether they acknowledge an event of ours
 */
record Source(Peer peer, boolean answer) implements Serializable {
    Source asAnswer() {
        return new Source(peer, true);
    }
}
