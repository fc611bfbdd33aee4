package io.sockeye.server.engine;

import io.sockeye.engine.CloseReason;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.ProtocolException;
import io.sockeye.engine.SessionListener;
import io.sockeye.engine.Transport;

/** Hears of a session and says nothing. */
final class SilentListener implements SessionListener {
    @Override
    public void onMessage(EnginePacket message) {}

    @Override
    public void onUpgrade(Transport next) {}

    @Override
    public void onDeadline(long deadlineMillis) {}

    @Override
    public void onProtocolError(ProtocolException error) {}

    @Override
    public void onClose(CloseReason reason) {}
}
