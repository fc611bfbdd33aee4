package io.sockeye.server.internal.context;

import io.sockeye.server.Overflow;
import io.sockeye.server.OverflowHandler;
import io.sockeye.server.internal.threads.HandlerTask;
import io.sockeye.server.internal.threads.Mailbox;
import io.sockeye.server.internal.threads.UserCalls;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Tells the application of clients that had to go because too much was held for them. Any thread. */
public final class Overflows {
    /** A slow handler must not make them pile up. */
    static final int MAX_WAITING = 1_000;

    /** Null if nobody wants to know. */
    private final @Nullable OverflowHandler handler;

    private final UserCalls calls;
    private final Mailbox mailbox;
    private final Semaphore room = new Semaphore(MAX_WAITING);

    Overflows(@Nullable OverflowHandler handler, UserCalls calls, Mailbox mailbox) {
        this.handler = handler;
        this.calls = calls;
        this.mailbox = mailbox;
    }

    /** A client had to go. The application does not hear of it if too many are to be told of before. */
    public void add(Overflow overflow) {
        var told = handler;
        if (told != null && room.tryAcquire()) {
            mailbox.post(HandlerTask.of(() -> tell(told, overflow), room::release, false));
        }
    }

    private void tell(OverflowHandler told, Overflow overflow) {
        calls.guard(() -> told.handle(overflow), () -> "overflow handler");
    }
}
