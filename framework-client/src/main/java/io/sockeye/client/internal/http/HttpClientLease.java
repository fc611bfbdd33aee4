package io.sockeye.client.internal.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.time.Duration;

/** An HTTP client, and what ends it. */
record HttpClientLease(HttpClient client, Runnable end) {
    private static final int FIRST_JDK_THAT_CLOSES_CLIENTS = 21;
    /** How long its thread may take to end. */
    private static final Duration TERMINATION = Duration.ofSeconds(1);

    /** The user's own, which is not ended. */
    static HttpClientLease of(HttpClient client) {
        return new HttpClientLease(client, () -> {});
    }

    /**
     * One that is ended by {@link #release}. Before JDK 21 only the garbage collector ends an HTTP client, with its thread
     * and its idle connections (JDK-8267140).
     */
    static HttpClientLease own(HttpClient client) {
        boolean endable = Runtime.version().feature() >= FIRST_JDK_THAT_CLOSES_CLIENTS;
        return new HttpClientLease(client, endable ? () -> shutdownNow(client) : () -> {});
    }

    void release() {
        end.run();
    }

    /** Called by method handles, because this code is compiled for JDK 17, which lacks these methods. */
    private static void shutdownNow(HttpClient client) {
        try {
            var lookup = MethodHandles.publicLookup();
            lookup.findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class))
                    .invoke(client);
            lookup.findVirtual(
                            HttpClient.class, "awaitTermination", MethodType.methodType(boolean.class, Duration.class))
                    .invoke(client, TERMINATION);
        } catch (Throwable e) {
            throw new IllegalStateException("this JDK should be able to end HTTP clients", e);
        }
    }
}
