package io.sockeye.server;

/**
 * Called for each namespace that is created, before a socket can join it.
 *
 * <pre>{@code
 * server.onNamespace(namespace -> log.info("{} is open", namespace.name()));
 * }</pre>
 */
@FunctionalInterface
public interface NamespaceHandler {
    /** An exception is reported to the error handler. */
    void handle(Namespace namespace) throws Exception;
}
