package io.sockeye.server.netty;

import io.netty.channel.EventLoop;
import io.sockeye.engine.Framing;
import io.sockeye.server.http.PerMessageDeflate;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Inflater;

/** What the connections of a loop share that compress each message for itself. */
final class SharedDeflate {
    private final EventLoop owner;
    private final PerMessageDeflate settings;
    private final Map<Framing, FrameCache> frames = new HashMap<>(2);
    private final Inflater inflater = new Inflater(true);

    SharedDeflate(EventLoop owner, PerMessageDeflate settings) {
        this.owner = owner;
        this.settings = settings;
    }

    FrameCache frames(Framing framing) {
        return frames.computeIfAbsent(
                framing, key -> new FrameCache(owner, new DeflatingEncoder(key, settings, false)));
    }

    void clear() {
        frames.values().forEach(FrameCache::clear);
    }

    /** Reset after each message. */
    Inflater inflater() {
        return inflater;
    }
}
