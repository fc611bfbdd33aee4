package io.sockeye.client.internal.socket;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.internal.connection.Backoff;
import io.sockeye.client.internal.connection.Connector;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.client.internal.threads.DeadlineTimer;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.SocketPacket;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Joins a namespace: sends CONNECT with the user's credentials and what recovery needs, and distinguishes its answer from
 * answers to earlier ones. Owned by the loop.
 */
final class NamespaceJoin {
    /**
     * The pause between DISCONNECT and CONNECT on one link, so that the server reads them one by one: Node's server closes
     * the whole connection if it reads both at once.
     */
    private static final long PAUSE_MILLIS = 200;
    /** After this number of timeouts the time to answer is not doubled any more. */
    private static final int MAX_DOUBLINGS = 3;

    private final Loop loop;
    private final ClientOptions options;
    private final Connector connector;
    private final SocketState socket;
    private final Credentials credentials;
    private final Offsets offsets = new Offsets();
    private final DeadlineTimer answerTimeout;
    /** Calls a supplier of credentials again that has failed. */
    private final DeadlineTimer retry;

    private final Backoff backoff;

    /** Counts the socket's connections; what belongs to an earlier one is ignored. */
    private int connection;
    /** The number of the link on which the socket has sent DISCONNECT; 0 for none. */
    private int disconnectSentOnLink;
    /** When CONNECT may be sent again on that link. */
    private long mayConnectAtMillis;
    /** How often in a row the server has not answered in time. */
    private int timeouts;
    /** The number of the link on which CONNECT was sent and not answered; 0 for none. */
    private int connectSentOnLink;
    /** The credentials that were sent with it; null for none. */
    private @Nullable Object sentAuth;
    /** Whether the user has disconnected since: its answer may not fit the socket any more. */
    private boolean cancelled;
    /** The secret by which the server recognizes the socket; null if it does not offer recovery. */
    private @Nullable String pid;

    NamespaceJoin(SocketContext context, SocketState socket) {
        this.loop = context.loop();
        this.options = context.options();
        this.connector = context.connector();
        this.credentials = context.credentials();
        this.socket = socket;
        this.answerTimeout = new DeadlineTimer(loop, now -> timedOut());
        this.retry = new DeadlineTimer(loop, now -> requestCredentials(connection));
        this.backoff = new Backoff(options.reconnection(), RandomGenerator.getDefault());
    }

    int connection() {
        return connection;
    }

    /** Sends CONNECT, or waits for the answer to an earlier one: a second one would make the server close the connection. */
    void begin() {
        if (awaitsStaleAnswer()) {
            startTimeout();
            return;
        }
        int number = ++connection;
        long pauseMillis = disconnectSentOnLink == connector.linkNumber() ? mayConnectAtMillis - loop.nowMillis() : 0;
        if (pauseMillis > 0) {
            loop.schedule(() -> requestCredentials(number), pauseMillis);
        } else {
            requestCredentials(number);
        }
    }

    private void requestCredentials(int number) {
        if (number == connection && socket.isConnecting()) {
            credentials.request(loop::execute, (auth, failure) -> sendConnect(number, auth, failure));
        }
    }

    /** Sends DISCONNECT. */
    void sendDisconnect() {
        connector.currentLink().send(options.parser().encode(new SocketPacket.Disconnect(socket.namespace())));
        timeouts = 0;
        disconnectSentOnLink = connector.linkNumber();
        mayConnectAtMillis = loop.nowMillis() + PAUSE_MILLIS;
    }

    private boolean awaitsStaleAnswer() {
        return cancelled && connectSentOnLink == connector.linkNumber();
    }

    private void startTimeout() {
        answerTimeout.set(loop.nowMillis() + timeoutMillis());
    }

    private long timeoutMillis() {
        return options.connectTimeout().toMillis() << Math.min(timeouts, MAX_DOUBLINGS);
    }

    private void sendConnect(int number, @Nullable JsonValue auth, @Nullable Throwable failure) {
        if (number != connection || !socket.isConnecting() || !connector.isOpen()) {
            return;
        }
        if (failure != null) {
            credentialsFailed(new ConnectFailedException(Reason.AUTH, "auth: " + failure, failure));
            return;
        }
        var payload = pid == null ? auth : ConnectPayload.recovering(pid, offsets.last(), auth);
        var packets = options.parser().encode(new SocketPacket.Connect(socket.namespace(), payload));
        long tooLong = connector.currentLink().tooLong(packets);
        if (tooLong > 0) {
            var words =
                    "auth: " + NotSent.excess(tooLong, connector.currentLink().maxPayload());
            credentialsFailed(new ConnectFailedException(Reason.AUTH, words, null));
            return;
        }
        connectSentOnLink = connector.linkNumber();
        sentAuth = credentials.get();
        cancelled = false;
        startTimeout();
        connector.currentLink().send(packets);
    }

    /** Only this socket fails: others may use the connection. */
    private void credentialsFailed(ConnectFailedException failure) {
        if (backoff.exhausted()) {
            backoff.reset();
            socket.refuse(failure);
        } else {
            socket.connectionFailed(failure, false);
            retry.set(loop.nowMillis() + backoff.nextDelayMillis());
        }
    }

    /** Calls a supplier of credentials again that has failed, without waiting for the delay. */
    void retryNow() {
        if (retry.isSet()) {
            retry.set(Long.MAX_VALUE);
            backoff.resetDelay();
            requestCredentials(connection);
        }
    }

    /** While other sockets are connected the server may still answer; otherwise a new connection may help. */
    private void timedOut() {
        if (!socket.isConnecting()) {
            return;
        }
        var message = "no answer from namespace %s within %d ms".formatted(socket.namespace(), timeoutMillis());
        timeouts++;
        if (connector.anyConnected()) {
            socket.joinTimedOut(new ConnectFailedException(Reason.TIMEOUT, message, null));
            startTimeout();
        } else {
            connector.failLink(message);
        }
    }

    /** No answer is waited for any more. */
    void cancelTimers() {
        answerTimeout.set(Long.MAX_VALUE);
        retry.set(Long.MAX_VALUE);
    }

    /** The user has disconnected: an answer that is still to come is stale. */
    void cancel() {
        cancelTimers();
        backoff.reset();
        timeouts = 0;
        cancelled = connectSentOnLink != 0;
    }

    /** The server has answered CONNECT. */
    void answered() {
        connectSentOnLink = 0;
        timeouts = 0;
    }

    /**
     * The server has accepted the socket.
     *
     * @param given the secret for the next recovery; null if the server does not offer that
     * @return whether the server has recovered the socket's earlier session
     */
    boolean connected(@Nullable String given) {
        cancelTimers();
        answered();
        backoff.reset();
        boolean recovered = given != null && given.equals(pid);
        if (!recovered) {
            offsets.reset();
        }
        pid = given;
        return recovered;
    }

    /** An event has arrived; it may carry an offset for recovery. */
    void recordOffset(SocketPacket.Event event) {
        if (pid != null && event.ackId() == SocketPacket.NO_ACK) {
            offsets.record(event.arguments(), loop.wallMillis());
        }
    }

    /** Handles a packet that is a stale answer, or has arrived before it; whether it was one. */
    boolean consumes(SocketPacket packet) {
        if (!awaitsStaleAnswer()) {
            return false;
        }
        if (packet instanceof SocketPacket.Event event) {
            if (socket.isConnecting()) {
                socket.receiver().receive(event);
            }
        } else if (!(packet instanceof SocketPacket.Ack)) {
            staleAnswer(packet);
        }
        return true;
    }

    /** The server may have accepted a socket that has disconnected since; then it is sent DISCONNECT. */
    private void staleAnswer(SocketPacket packet) {
        answered();
        if (!(packet instanceof SocketPacket.Connect connect)) {
            socket.connectionOpened();
        } else if (socket.isConnecting() && credentials.isSameAs(sentAuth)) {
            socket.connected(connect.payload());
        } else {
            socket.receiver().discardEarly();
            sendDisconnect();
            socket.connectionOpened();
        }
    }
}
