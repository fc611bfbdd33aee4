package io.sockeye.client.internal.handlers;

import io.sockeye.client.EventHandler;
import io.sockeye.client.RequestErrorHandler;
import io.sockeye.client.SocketClient;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.concurrent.Causes;
import io.sockeye.event.Args;
import io.sockeye.event.Rejection;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import io.sockeye.json.Peer;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acknowledges the server's requests: with a handler's value, a rejection, or an answer for a failure. Any thread. */
public final class RequestAnswers {
    private static final Logger log = LoggerFactory.getLogger(SocketClient.class);

    private static final String INTERNAL = "internal error";

    private final ClientOptions options;
    private final BiConsumer<Throwable, String> reports;

    /** @param reports gets failures, and words for where they happened */
    RequestAnswers(ClientOptions options, BiConsumer<Throwable, String> reports) {
        this.options = options;
        this.reports = reports;
    }

    /** A handler that acknowledges with what the function returns, or with the answer for its failure. */
    EventHandler handler(String event, Answering function) {
        return args -> {
            try {
                var answer = function.answer(args);
                if (answer instanceof CompletionStage<?> later) {
                    later.whenComplete((value, failure) -> answered(event, args, value, failure));
                } else {
                    args.ack(answer);
                }
            } catch (Exception | Error e) {
                failed(event, args, e);
            }
        };
    }

    private void answered(String event, Args args, @Nullable Object value, @Nullable Throwable failure) {
        if (failure != null) {
            failed(event, args, failure);
            return;
        }
        try {
            args.ack(value);
        } catch (RuntimeException | Error e) {
            failed(event, args, e);
        }
    }

    private void failed(String event, Args args, Throwable error) {
        var failure = cause(error, args);
        if (failure instanceof Rejection rejection) {
            reject(event, args, rejection);
            return;
        }
        reports.accept(failure, "handler of event '" + event + "'");
        if (args.ackRequested()) {
            answerFailure(event, args, failure);
        }
    }

    private void answerFailure(String event, Args args, Throwable failure) {
        try {
            var answer = options.requestErrors().answer(event, failure);
            if (answer instanceof Rejection rejection) {
                reject(event, args, rejection);
            } else if (answer != RequestErrorHandler.NO_ANSWER) {
                args.ack(answer);
            }
        } catch (Rejection rejection) {
            reject(event, args, rejection);
        } catch (Exception | Error e) {
            reports.accept(e, "handler of request errors, event '" + event + "'");
            reject(event, args, new Rejection(INTERNAL));
        }
    }

    /**
     * What a handler of an event with these arguments has failed with, without the exceptions that futures wrap around it.
     * Arguments that do not fit become an {@link UnexpectedArgumentsException}.
     */
    static Throwable cause(Throwable failure, Args event) {
        return Causes.of(failure, Peer.SERVER, event);
    }

    /** The answer for a failure by default: short, without the exception's message, which may be confidential. */
    public static Object defaultAnswer(Throwable failure) {
        return new Rejection(failure instanceof UnexpectedArgumentsException ? "unexpected arguments" : INTERNAL);
    }

    static JsonValue internalError(Json json) {
        return new Rejection(INTERNAL).toValue(json);
    }

    /** A handler of any kind has rejected the request. */
    void reject(String event, Args args, Rejection rejection) {
        log.debug("event '{}' rejected: {}", event, rejection.getMessage());
        if (!args.ackRequested()) {
            return;
        }
        try {
            args.ack(rejection.toValue(options.json()));
        } catch (JsonException e) {
            reports.accept(e, "data of the rejection of event '" + event + "'");
            args.ack(new Rejection(String.valueOf(rejection.getMessage())).toValue(options.json()));
        }
    }

    /** Computes the answer to an event. */
    @FunctionalInterface
    interface Answering {
        /** The acknowledgement's value, or a {@link CompletionStage} of it. */
        @Nullable
        Object answer(Args args) throws Exception;
    }
}
