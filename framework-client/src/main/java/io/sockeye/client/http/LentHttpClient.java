package io.sockeye.client.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;

/** An HTTP client for as long as it is needed. */
record LentHttpClient(HttpClient client, Runnable end) {
    private static final int FIRST_JDK_THAT_ENDS_CLIENTS = 21;

    /** The user's own: it goes on. */
    static LentHttpClient of(HttpClient client) {
        return new LentHttpClient(client, () -> {});
    }

    /**
     * One that ends with its last user. Before JDK 21 nothing can end it but the garbage collector, which then also takes
     * its thread and idle connections away.
     */
    static LentHttpClient own(HttpClient client) {
        boolean endable = Runtime.version().feature() >= FIRST_JDK_THAT_ENDS_CLIENTS;
        return new LentHttpClient(client, endable ? () -> shutdownNow(client) : () -> {});
    }

    void giveBack() {
        end.run();
    }

    /** By a method handle, since the code is compiled for a JDK that does not have the method. */
    private static void shutdownNow(HttpClient client) {
        try {
            MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class))
                    .invoke(client);
        } catch (Throwable e) {
            throw new IllegalStateException("this JDK should be able to end HTTP clients", e);
        }
    }
}
