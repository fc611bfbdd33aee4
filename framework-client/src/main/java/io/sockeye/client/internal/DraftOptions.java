package io.sockeye.client.internal;

import io.sockeye.client.ErrorHandler;
import io.sockeye.client.NotSentException;
import io.sockeye.client.Reconnection;
import io.sockeye.client.RequestErrorHandler;
import io.sockeye.client.SocketClient;
import io.sockeye.client.internal.handlers.RequestAnswers;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.engine.Limits;
import io.sockeye.engine.session.ClientSettings;
import io.sockeye.json.Json;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.TransportKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The defaults of {@link ClientOptions}, which a builder changes until the client is built. Not thread-safe. */
final class DraftOptions {
    private static final Logger log = LoggerFactory.getLogger(SocketClient.class);
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;
    private static final int DEFAULT_MAX_MESSAGE_BYTES = 32 << 20;

    List<TransportKind> transports = List.of(TransportKind.POLLING, TransportKind.WEBSOCKET);
    boolean upgrade = true;
    boolean rememberUpgrade;
    boolean tryAllTransports;
    Reconnection reconnection = Reconnection.DEFAULT;
    Duration connectTimeout = Duration.ofSeconds(20);
    Duration ackTimeout = Duration.ofSeconds(30);
    int retries;
    int maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;
    int maxAttachments = 1_000;
    int mailboxLimit = 10_000;
    long outboxBytes = 16L << 20;
    Parser parser = Parser.standard();
    Json json = Json.standard();
    ErrorHandler errors = (error, where) -> log.error("{} failed", where, error);
    RequestErrorHandler requestErrors = (event, error) -> RequestAnswers.defaultAnswer(error);
    Consumer<NotSentException> overflows = full -> {
        throw full;
    };

    private final URI server;

    DraftOptions(URI server) {
        this.server = server;
    }

    ClientOptions options() {
        var engine = new ClientSettings(
                connectTimeout.toMillis(),
                ClientSettings.DEFAULT.upgradeTimeoutMillis(),
                CLOSE_TIMEOUT_MILLIS,
                new Limits(maxMessageBytes, Integer.MAX_VALUE, Long.MAX_VALUE));
        return new ClientOptions(
                server,
                transports,
                upgrade,
                rememberUpgrade,
                tryAllTransports,
                reconnection,
                connectTimeout,
                retries,
                mailboxLimit,
                outboxBytes,
                ackTimeout,
                parser,
                json,
                engine,
                SocketLimits.of(maxAttachments, maxMessageBytes),
                errors,
                requestErrors,
                overflows);
    }
}
