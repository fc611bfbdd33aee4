package io.sockeye.server;

import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.TransportKind;
import io.sockeye.json.Json;
import io.sockeye.socket.SocketLimits;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all parts of one server share. */
final class ServerContext {
    private static final Logger log = LoggerFactory.getLogger(ServerContext.class);

    private final Json json;
    private final EngineSettings engine;
    private final SocketLimits limits;
    private final long connectTimeoutMillis;
    private final boolean upgrades;
    private final HandlerExecutor handlers;
    private final ErrorHandler errors;
    /** Empty unless the server runs. */
    private volatile List<Shard> shards = List.of();

    ServerContext(SocketServerBuilder builder, HandlerExecutor handlers) {
        this.json = builder.json;
        this.engine = builder.engineSettings();
        this.limits = builder.socketLimits();
        this.connectTimeoutMillis = builder.connectTimeout.toMillis();
        this.upgrades = builder.upgrades && builder.transports.contains(TransportKind.WEBSOCKET);
        this.handlers = handlers;
        this.errors = builder.errors;
    }

    Json json() {
        return json;
    }

    EngineSettings engine() {
        return engine;
    }

    SocketLimits limits() {
        return limits;
    }

    long connectTimeoutMillis() {
        return connectTimeoutMillis;
    }

    /** In which time the attachments of an event must follow it: as long as the heartbeat gives a client. */
    long attachmentTimeoutMillis() {
        return engine.pingIntervalMillis() + engine.pingTimeoutMillis();
    }

    boolean upgrades() {
        return upgrades;
    }

    /** Where user code runs. */
    Executor handlers() {
        return handlers.executor();
    }

    /** Where the futures of acknowledgements are completed, so that a handler may wait for one. */
    Executor replies() {
        return handlers.replies();
    }

    List<Shard> shards() {
        return shards;
    }

    void start(List<Shard> started) {
        shards = List.copyOf(started);
    }

    /** From now on nobody is asked any more, since nobody would answer. */
    void stop() {
        shards = List.of();
    }

    /** Runs user code; what it throws goes to the error handler. */
    void guard(UserCode code, Supplier<String> where) {
        try {
            code.run();
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            report(e, where.get());
        }
    }

    void report(Throwable error, String where) {
        try {
            errors.handle(error, where);
        } catch (RuntimeException e) {
            log.error("the error handler failed when told of: {}", where, e);
        }
    }

    /** A call of a user's handler. */
    interface UserCode {
        void run() throws Exception;
    }
}
