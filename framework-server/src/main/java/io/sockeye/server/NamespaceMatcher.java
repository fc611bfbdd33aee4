package io.sockeye.server;

/**
 * Decides which namespaces exist that nobody named before. Called off the event loop by default.
 *
 * <pre>{@code
 * server.of(candidate -> tenants.contains(candidate.namespace())).onConnection(socket -> socket.join("all"));
 * }</pre>
 */
@FunctionalInterface
public interface NamespaceMatcher {
    /** Whether the candidate's namespace is one of these. An exception counts as no and is reported to the error handler. */
    boolean matches(ConnectContext candidate) throws Exception;
}
