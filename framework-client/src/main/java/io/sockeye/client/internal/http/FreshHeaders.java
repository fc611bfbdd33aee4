package io.sockeye.client.internal.http;

import io.sockeye.client.internal.threads.SupplierCalls;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The headers of a session's requests: the constant ones, and those that the user's supplier has for it. Any thread. */
final class FreshHeaders {
    private static final int LAST_ASCII = 0x7e;

    private final HttpSettings settings;
    private final SupplierCalls<@Nullable Map<String, String>> calls;

    /** @param tasks where the user is asked */
    FreshHeaders(HttpSettings settings, Executor tasks) {
        this.settings = settings;
        this.calls = new SupplierCalls<>(tasks);
    }

    /** Those of one more session; fails with {@link Unknown} if the supplier does, or supplies what no header can be. */
    CompletableFuture<Map<String, String>> ask() {
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

    /** The supplier is not waited for any longer. */
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
        } catch (RuntimeException e) { // Also of a map that is not as maps are.
            throw new Unknown(e);
        }
        return all;
    }

    /** @throws IllegalArgumentException if one may not be set, or has no such form */
    static void check(HttpSettings settings, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(settings.pollingUri(null));
        headers.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("sec-websocket-")) {
                throw new IllegalArgumentException("header of WebSocket itself: " + name);
            }
            // The JDK sends others as question marks.
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

    /** There are no headers for a session. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unknown(Throwable cause) {
            super("headers: " + cause, cause);
        }
    }
}
