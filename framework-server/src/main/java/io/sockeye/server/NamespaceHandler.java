package io.sockeye.server;

/** Told of each namespace that comes into being, before a socket can join it. */
@FunctionalInterface
public interface NamespaceHandler {
    /** An exception is reported to the error handler. */
    void handle(Namespace namespace) throws Exception;
}
