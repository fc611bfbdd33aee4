package io.sockeye.server;

/**
 * Decides which namespaces exist besides those that were created by name. Called off the event loop by default.
 *
 * <pre>{@code
 * server.of(candidate -> tenants.contains(candidate.namespace())).onConnection(socket -> socket.join("all"));
 * }</pre>
 */
@FunctionalInterface
public interface NamespaceMatcher {
    /** Whether the candidate's namespace exists. An exception counts as no and is reported to the error handler. */
    boolean matches(ConnectContext candidate) throws Exception;
}
