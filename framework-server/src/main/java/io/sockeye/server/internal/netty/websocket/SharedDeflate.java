package io.sockeye.server.internal.netty.websocket;

import io.netty.channel.EventLoop;
import io.sockeye.engine.Framing;
import io.sockeye.server.http.PerMessageDeflate;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Inflater;

/** What the connections of a loop share that compress each message for itself. */
public final class SharedDeflate {
    private final EventLoop owner;
    private final PerMessageDeflate settings;
    private final Map<Framing, FrameCache> frames = new HashMap<>(2);
    private final Inflater inflater = new Inflater(true);

    public SharedDeflate(EventLoop owner, PerMessageDeflate settings) {
        this.owner = owner;
        this.settings = settings;
    }

    public FrameCache frames(Framing framing) {
        return frames.computeIfAbsent(
                framing, key -> new FrameCache(owner, new DeflatingEncoder(key, settings, false)));
    }

    public void clear() {
        frames.values().forEach(FrameCache::clear);
    }

    /** Reset after each message. */
    public Inflater inflater() {
        return inflater;
    }
}
