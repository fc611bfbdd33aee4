package io.sockeye.server.internal.connection;

import io.sockeye.concurrent.Causes;
import io.sockeye.event.Rejection;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.server.AsyncMiddleware;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.namespace.MatchedNamespaces;
import io.sockeye.server.internal.namespace.Namespaces;
import io.sockeye.server.internal.threads.HandlerTask;
import io.sockeye.server.internal.threads.Mailbox;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one client that wants to join a namespace: asks the middleware, brings a dynamic namespace into being.
 * Nothing of a socket exists before. Tells the decision once, on any thread.
 */
final class Admission {
    private final ServerCore core;
    private final Namespaces namespaces;
    private final ConnectContext candidate;
    private final Decision decision;
    /** One step after another. */
    private final Mailbox mailbox;
    /** Null if it exists only once the middleware has decided. */
    private final @Nullable LocalNamespace known;
    /** Before any user code has seen the candidate. */
    private final HandlerTask begin;

    private Admission(ServerCore core, ConnectContext candidate, Decision decision, @Nullable LocalNamespace known) {
        this.core = core;
        this.namespaces = core.namespaces();
        this.candidate = candidate;
        this.decision = decision;
        this.known = known;
        this.mailbox = core.context().mailbox(core.context().admission());
        this.begin = HandlerTask.of(this::begin, () -> {}, false);
    }

    /** @return null if it needs nobody to decide */
    static @Nullable Admission decide(ServerCore core, ConnectContext candidate, Decision decision) {
        var namespaces = core.namespaces();
        var known = namespaces.enter(candidate.namespace());
        if (known != null) {
            decision.matched();
        }
        if (known != null && known.isOpen()) {
            decision.accepted(known);
            return null;
        }
        var admission = new Admission(core, candidate, decision, known);
        if (known == null && !namespaces.mayBeMore()) {
            admission.refuseUnknown();
            return null;
        }
        admission.mailbox.post(admission.begin);
        return admission;
    }

    private void begin() {
        if (known == null) {
            joinDynamic();
        } else {
            join(known, true);
        }
    }

    /** The client is gone: whether nobody has been asked yet, and nobody will be. Nothing is decided then. Any thread. */
    boolean withdraw() {
        boolean waited = mailbox.withdraw(begin);
        if (waited && known != null) {
            namespaces.leave(known);
        }
        return waited;
    }

    private void joinDynamic() {
        var parent = namespaces.match(candidate);
        if (parent == null) {
            refuseUnknown();
            return;
        }
        decision.matched();
        run(parent.middleware().iterator(), null, () -> joinChild(parent));
    }

    private void joinChild(MatchedNamespaces parent) {
        CompletableFuture<LocalNamespace> entering;
        try {
            entering = namespaces.enter(parent, candidate.namespace(), mailbox::post);
        } catch (RuntimeException e) { // The adapter's factory is user code.
            entering = CompletableFuture.failedFuture(e);
        }
        entering.whenComplete((child, failure) -> {
            if (failure == null) {
                join(child, false);
            } else {
                refuse(null, failure);
            }
        });
    }

    private void join(LocalNamespace namespace, boolean askParent) {
        Runnable own = () -> run(namespace.middleware().iterator(), namespace, () -> decision.accepted(namespace));
        var parent = namespace.parent();
        if (askParent && parent != null) {
            run(parent.middleware().iterator(), namespace, own);
        } else {
            own.run();
        }
    }

    /** @param entered the namespace to leave when a step refuses; null if there is none yet */
    private void run(Iterator<AsyncMiddleware> steps, @Nullable LocalNamespace entered, Runnable then) {
        if (!steps.hasNext()) {
            then.run();
            return;
        }
        ask(steps.next())
                .whenComplete((value, failure) -> mailbox.post(() -> {
                    if (failure == null) {
                        run(steps, entered, then);
                    } else {
                        refuse(entered, failure);
                    }
                }));
    }

    private CompletionStage<?> ask(AsyncMiddleware step) {
        var result = new CompletableFuture<CompletionStage<?>>();
        core.context()
                .calls()
                .guard(
                        () -> {
                            try {
                                result.complete(
                                        Objects.requireNonNull(step.check(candidate), "middleware answered null"));
                            } catch (Throwable e) {
                                result.completeExceptionally(e);
                            }
                        },
                        () -> "middleware of namespace " + candidate.namespace());
        return result.isCompletedExceptionally() ? result : result.join();
    }

    private void refuseUnknown() {
        decision.unknown(Json.standard().value(Map.of("message", "Invalid namespace")));
        decision.matched();
    }

    private void refuse(@Nullable LocalNamespace entered, Throwable failure) {
        if (entered != null) {
            namespaces.leave(entered);
        }
        decision.refused(payload(Causes.of(failure)));
    }

    /** Its form is the protocol's; only the data in it is written by the user's mapper. */
    private JsonValue payload(Throwable cause) {
        try {
            if (cause instanceof ConnectionRefused refused) {
                return payload(refused.getMessage(), refused.data());
            }
            if (cause instanceof Rejection rejection) {
                return payload(rejection.getMessage(), rejection.data());
            }
            core.context().calls().report(cause, "middleware of namespace " + candidate.namespace());
        } catch (RuntimeException e) {
            core.context().calls().report(e, "middleware of namespace " + candidate.namespace());
        }
        return Json.standard().value(Map.of("message", "connection refused"));
    }

    private JsonValue payload(@Nullable String message, Optional<Object> data) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("message", String.valueOf(message));
        data.ifPresent(value -> payload.put("data", core.context().json().value(value)));
        return Json.standard().value(payload);
    }

    /** What becomes of the client. */
    interface Decision {
        /** It is known whether the namespace is one, and who named none was refused; told once. */
        void matched();

        /** It may join the namespace, which it has entered. */
        void accepted(LocalNamespace namespace);

        /** There is no such namespace, as the payload says. */
        void unknown(JsonValue payload);

        /** It may not; the payload says why. */
        void refused(JsonValue payload);
    }
}
