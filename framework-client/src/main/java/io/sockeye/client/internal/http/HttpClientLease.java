package io.sockeye.client.internal.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.time.Duration;

/** An HTTP client for as long as it is needed. */
record HttpClientLease(HttpClient client, Runnable end) {
    private static final int FIRST_JDK_THAT_ENDS_CLIENTS = 21;
    /** Its thread has nothing left to do but to end. */
    private static final Duration TERMINATION = Duration.ofSeconds(1);

    /** The user's own: it goes on. */
    static HttpClientLease of(HttpClient client) {
        return new HttpClientLease(client, () -> {});
    }

    /**
     * One that ends with its last user. Before JDK 21 nothing can end it but the garbage collector, which then also takes
     * its thread and idle connections away.
     */
    static HttpClientLease own(HttpClient client) {
        boolean endable = Runtime.version().feature() >= FIRST_JDK_THAT_ENDS_CLIENTS;
        return new HttpClientLease(client, endable ? () -> shutdownNow(client) : () -> {});
    }

    void giveBack() {
        end.run();
    }

    /** By method handles, since the code is compiled for a JDK that does not have the methods. */
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
