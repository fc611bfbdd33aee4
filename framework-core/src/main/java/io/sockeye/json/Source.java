package io.sockeye.json;

/**
 * Where received values come from.
 *
 * @param peer who has sent them
 * @param answer whether they acknowledge an event of ours
 */
record Source(Peer peer, boolean answer) {
    Source asAnswer() {
        return new Source(peer, true);
    }
}
