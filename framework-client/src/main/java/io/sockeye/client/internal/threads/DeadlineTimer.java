package io.sockeye.client.internal.threads;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Goes off once the time has come that was set last. Owned by the loop. */
public final class DeadlineTimer {
    private final Loop loop;
    private final LongConsumer action;

    private long atMillis = Long.MAX_VALUE;
    /** When the timer goes off; it may be earlier than {@link #atMillis}, so that a heartbeat need not move it. */
    private long timerMillis = Long.MAX_VALUE;
    /** Null while there is none. */
    private Loop.@Nullable Timer timer;

    /** @param action called with the present time; it has to set the alarm again if it shall go off again */
    public DeadlineTimer(Loop loop, LongConsumer action) {
        this.loop = loop;
        this.action = action;
    }

    /** Sets the time, also an earlier or later one than before; {@link Long#MAX_VALUE} cancels. */
    public void set(long millis) {
        atMillis = millis;
        if (millis == Long.MAX_VALUE) {
            cancelTimer();
        } else if (millis < timerMillis) {
            cancelTimer();
            start(millis);
        }
    }

    /** Whether it is to go off. */
    public boolean isSet() {
        return atMillis != Long.MAX_VALUE;
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
        }
        timer = null;
        timerMillis = Long.MAX_VALUE;
    }

    private void start(long millis) {
        timerMillis = millis;
        timer = loop.schedule(this::goOff, Math.max(0, millis - loop.nowMillis()));
    }

    private void goOff() {
        timer = null;
        timerMillis = Long.MAX_VALUE;
        long now = loop.nowMillis();
        if (now >= atMillis) {
            atMillis = Long.MAX_VALUE;
            action.accept(now);
        } else if (atMillis != Long.MAX_VALUE) {
            start(atMillis);
        }
    }
}
