package io.sockeye.server.internal.rooms;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something to many clients. If it fails for one, for example because no memory is left for what is sent, the others
 * still have their turn, and the connection of that one ends, so that it can come back to what it missed. On the loop.
 */
public final class EachRecipient {
    private static final Logger log = LoggerFactory.getLogger(EachRecipient.class);

    private int failures;
    /** Null as long as none fails. */
    private @Nullable Throwable first;

    private EachRecipient() {}

    /**
     * @param all is not changed by the action
     * @param end ends the connection of one for whom it failed
     */
    public static <T> void each(Collection<T> all, Consumer<T> action, Consumer<T> end) {
        var recipients = new EachRecipient();
        for (var one : all) {
            try {
                action.accept(one);
            } catch (Throwable e) {
                recipients.failed(e);
                end(one, end);
            }
        }
        if (recipients.first != null) {
            log.error("{} of {} recipients failed and end", recipients.failures, all.size(), recipients.first);
        }
    }

    private void failed(Throwable failure) {
        failures++;
        if (first == null) {
            first = failure;
        }
    }

    private static <T> void end(T one, Consumer<T> end) {
        try {
            end.accept(one);
        } catch (Throwable e) {
            log.debug("the session has ended, but the client could not be told: {}", e.toString());
        }
    }
}
