package io.sockeye.client.internal.settings;

import io.sockeye.client.ErrorHandler;
import io.sockeye.client.NotSentException;
import io.sockeye.client.Reconnection;
import io.sockeye.client.RequestErrorHandler;
import io.sockeye.engine.session.ClientSettings;
import io.sockeye.json.Json;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.TransportKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The settings of a client that its connection and its sockets need.
 *
 * @param server scheme, host and port, for messages of failures
 * @param transports to be tried, in this order; not empty
 * @param connectTimeout how long the server may take to answer
 * @param retries how often an event is sent again that was not acknowledged; 0 for never
 * @param mailboxLimit how many events of a socket may wait for handlers before the client stops reading
 * @param outboxBytes of all events together that may wait to be sent
 * @param ackTimeout how long acknowledgements may take by default
 */
public record ClientOptions(
        URI server,
        List<TransportKind> transports,
        boolean upgrade,
        boolean rememberUpgrade,
        boolean tryAllTransports,
        Reconnection reconnection,
        Duration connectTimeout,
        int retries,
        int mailboxLimit,
        long outboxBytes,
        Duration ackTimeout,
        Parser parser,
        Json json,
        ClientSettings engineSettings,
        SocketLimits socketLimits,
        ErrorHandler errors,
        RequestErrorHandler requestErrors,
        Consumer<NotSentException> overflows) {}
