package io.sockeye.server.internal.engine;

import io.sockeye.engine.Transport;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.server.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The sessions of one loop; called on that loop alone. */
public interface Sessions {
    /** Opens a session over its first transport. */
    ServerSession open(Transport transport, HttpRequest request);

    /** Whether sessions may still be opened; not while the server stops. */
    boolean accepts();

    /** Whether there is room for one more session, which that request opens, and for which others may have to go. */
    default boolean makeRoom(HttpRequest request) {
        return true;
    }

    /** The session of that id, unless it has ended. */
    @Nullable
    ServerSession find(String sid);
}
