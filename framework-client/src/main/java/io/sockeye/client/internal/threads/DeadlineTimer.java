package io.sockeye.client.internal.threads;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Runs an action once the deadline that was set last has passed. Owned by the loop. */
public final class DeadlineTimer {
    private final Loop loop;
    private final LongConsumer action;

    private long atMillis = Long.MAX_VALUE;
    /**
     * When the timer fires. It may be earlier than {@link #atMillis}: postponing the deadline, as each heartbeat does,
     * leaves the timer alone.
     */
    private long timerMillis = Long.MAX_VALUE;
    /** Null while none is scheduled. */
    private Loop.@Nullable Timer timer;

    /** @param action called with the current time; to be called again, it sets another deadline */
    public DeadlineTimer(Loop loop, LongConsumer action) {
        this.loop = loop;
        this.action = action;
    }

    /** Replaces the deadline by an earlier or later one; {@link Long#MAX_VALUE} cancels it. */
    public void set(long millis) {
        atMillis = millis;
        if (millis == Long.MAX_VALUE) {
            cancelTimer();
        } else if (millis < timerMillis) {
            cancelTimer();
            start(millis);
        }
    }

    /** Whether a deadline is set. */
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
        timer = loop.schedule(this::fire, Math.max(0, millis - loop.nowMillis()));
    }

    private void fire() {
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
