package io.sockeye.server;

import org.jspecify.annotations.Nullable;

/**
 * What comes of asking for a session.
 *
 * @param socket the session's, given to the one who asked; null if there is none for it
 * @param later whether somebody else is being given the session: who asked is called again after that
 */
record Claim(@Nullable Socket socket, boolean later) {
    static final Claim NOBODY = new Claim(null, false);
    static final Claim LATER = new Claim(null, true);

    static Claim of(Socket socket) {
        return new Claim(socket, false);
    }
}
