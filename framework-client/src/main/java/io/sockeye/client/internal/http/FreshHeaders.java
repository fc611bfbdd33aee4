package io.sockeye.client.internal.http;

import io.sockeye.client.internal.threads.SupplierCalls;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The headers of a session's requests: constant ones, and those of the user's supplier. Any thread. */
final class FreshHeaders {
    private static final int LAST_ASCII = 0x7e;

    private final HttpSettings settings;
    private final SupplierCalls<@Nullable Map<String, String>> calls;

    /** @param tasks where the supplier is called */
    FreshHeaders(HttpSettings settings, Executor tasks) {
        this.settings = settings;
        this.calls = new SupplierCalls<>(tasks);
    }

    /** The headers of a new session; fails with {@link Unknown} if the supplier fails or returns an invalid header. */
    CompletableFuture<Map<String, String>> request() {
        var supplier = settings.freshHeaders();
        if (supplier == null) {
            return CompletableFuture.completedFuture(settings.headers());
        }
        return calls.call(supplier).handle((fresh, failure) -> {
            if (failure != null) {
                throw new Unknown(failure);
            }
            return all(fresh);
        });
    }

    /** Interrupts a call of the supplier; none follows. */
    void stop() {
        calls.stop();
    }

    private Map<String, String> all(@Nullable Map<String, String> fresh) {
        var all = new LinkedHashMap<>(settings.headers());
        try {
            if (fresh == null) {
                throw new IllegalStateException("the supplier returned null");
            }
            all.putAll(fresh);
            check(settings, all);
        } catch (RuntimeException e) { // Also thrown by a map that violates the contract of maps.
            throw new Unknown(e);
        }
        return all;
    }

    /** @throws IllegalArgumentException if one may not be set, or is malformed */
    static void check(HttpSettings settings, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(settings.pollingUri(null));
        headers.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("sec-websocket-")) {
                throw new IllegalArgumentException("header of WebSocket itself: " + name);
            }
            // The JDK replaces other characters by question marks.
            if (value.chars().anyMatch(character -> character > LAST_ASCII)) {
                throw new IllegalArgumentException("header %s: '%s', must be ASCII".formatted(name, value));
            }
            try {
                request.header(name, value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("header '%s': %s".formatted(name, e.getMessage()), e);
            }
        });
    }

    /** The headers of a session could not be obtained. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unknown(Throwable cause) {
            super("headers: " + cause, cause);
        }
    }
}
