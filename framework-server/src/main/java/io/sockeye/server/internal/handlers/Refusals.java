package io.sockeye.server.internal.handlers;

import io.sockeye.event.Args;
import io.sockeye.event.Rejection;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.server.EventRefused;
import io.sockeye.server.RequestErrorHandler;
import io.sockeye.server.Socket;
import io.sockeye.server.internal.threads.UserCalls;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers events that were refused and requests that failed, if the client waits for an answer. Any thread. */
public final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final UserCalls calls;
    private final Json json;
    private final RequestErrorHandler requestErrors;

    public Refusals(UserCalls calls, Json json, RequestErrorHandler requestErrors) {
        this.calls = calls;
        this.json = json;
        this.requestErrors = requestErrors;
    }

    /** Runs something that may throw for the user's sake; see {@link UserCalls#guardAnywhere}. */
    void guard(UserCalls.UserCode code, Supplier<String> where, Consumer<Throwable> failed) {
        calls.guardAnywhere(code, where, failed);
    }

    /** What is answered unless the user says something else: nothing of the inside is told. */
    public static Rejection usual(Throwable error) {
        return error instanceof UnexpectedArgumentsException ? new Rejection("unexpected arguments") : internalError();
    }

    private static Rejection internalError() {
        return new Rejection("internal error");
    }

    /** User code failed for an event: a refusal is the answer, all else is reported. */
    public void failed(Throwable error, Args args, String where) {
        var cause = Blame.cause(error, args);
        if (cause instanceof Rejection rejection) {
            refuse(rejection, args, where);
        } else if (cause instanceof EventRefused refused) {
            var message = String.valueOf(refused.getMessage());
            refuse(new Rejection(message, refused.data().orElse(null)), args, where);
        } else {
            calls.report(cause instanceof UnexpectedArgumentsException ? cause : error, where);
        }
    }

    private void refuse(Rejection rejection, Args args, String where) {
        log.debug("{} refused: {}", where, rejection.getMessage());
        acknowledge(rejection, args, where);
    }

    /** A request handler failed, which is reported elsewhere: whoever waits gets an answer. */
    void answer(Socket socket, String event, Args args, Throwable error) {
        var cause = Blame.cause(error, args);
        if (args.ackRequested() && !Blame.isRefusal(cause)) {
            String where = "request error handler for event '" + event + "' of socket " + socket.id();
            acknowledge(chosen(socket, event, cause, where), args, where);
        }
    }

    private @Nullable Object chosen(Socket socket, String event, Throwable cause, String where) {
        try {
            return calls.watched(() -> requestErrors.answer(socket, event, cause), () -> where);
        } catch (Rejection e) {
            return e;
        } catch (Throwable e) {
            calls.report(e, where);
            return internalError();
        }
    }

    private void acknowledge(@Nullable Object answer, Args args, String where) {
        if (answer == RequestErrorHandler.NO_ANSWER || !args.ackRequested()) {
            return;
        }
        try {
            args.ack(answer instanceof Rejection rejection ? rejection.toValue(json) : answer);
        } catch (JsonException e) {
            calls.report(e, "answer of " + where);
            args.ack(internalError().toValue(json));
        }
    }
}
