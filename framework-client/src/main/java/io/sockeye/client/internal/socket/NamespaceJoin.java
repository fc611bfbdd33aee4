package io.sockeye.client.internal.socket;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.internal.connection.Backoff;
import io.sockeye.client.internal.connection.Connector;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.client.internal.threads.DeadlineTimer;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.json.JsonValue;
import io.sockeye.socket.SocketPacket;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server to let a socket in, as who it is and perhaps was, and knows which answer is for whom. Owned by the loop.
 */
final class NamespaceJoin {
    /**
     * Between DISCONNECT and CONNECT on one connection: long enough for the server to read them apart. Node's ends the whole
     * connection if it finds both at once.
     */
    private static final long PAUSE_MILLIS = 200;
    /** So often the server gets twice the time that it had before. */
    private static final int MAX_SILENCES = 3;

    private final Loop loop;
    private final ClientOptions options;
    private final Connector connector;
    private final SocketState socket;
    private final Credentials credentials;
    private final Offsets offsets = new Offsets();
    private final DeadlineTimer alarm;
    /** When a supplier of credentials that failed is asked again. */
    private final DeadlineTimer retry;

    private final Backoff backoff;

    /** Counts connections: what belongs to an earlier one is of no use. */
    private int connection;
    /** On which link the socket was in, and left; 0 if on none. */
    private int leftOnLink;
    /** When the server may be asked again on that link. */
    private long mayAskAtMillis;
    /** How often the server has not answered in time, one after another. */
    private int silences;
    /** On which link the server was asked and has not answered; 0 if on none. */
    private int askedOnLink;
    /** What was said of the user then; null for nothing. */
    private @Nullable Object askedAs;
    /** Whether that question was taken back: its answer may not be for the socket as it is now. */
    private boolean withdrawn;
    /** By which the server knows who comes back; null if it does not offer that. */
    private @Nullable String pid;

    NamespaceJoin(SocketContext context, SocketState socket) {
        this.loop = context.loop();
        this.options = context.options();
        this.connector = context.connector();
        this.credentials = context.credentials();
        this.socket = socket;
        this.alarm = new DeadlineTimer(loop, now -> unanswered());
        this.retry = new DeadlineTimer(loop, now -> introduce(connection));
        this.backoff = new Backoff(options.reconnection(), RandomGenerator.getDefault());
    }

    int connection() {
        return connection;
    }

    /** Asks, or awaits the answer to an earlier question: two at once would end the whole connection. */
    void ask() {
        if (awaitsOldAnswer()) {
            awaitAnswer();
            return;
        }
        int asked = ++connection;
        long pauseMillis = leftOnLink == connector.linkNumber() ? mayAskAtMillis - loop.nowMillis() : 0;
        if (pauseMillis > 0) {
            loop.schedule(() -> introduce(asked), pauseMillis);
        } else {
            introduce(asked);
        }
    }

    private void introduce(int asked) {
        if (asked == connection && socket.isConnecting()) {
            credentials.ask(loop::execute, (auth, failure) -> ask(asked, auth, failure));
        }
    }

    /** Tells the server that the socket leaves. */
    void leave() {
        connector.wire().send(options.parser().encode(new SocketPacket.Disconnect(socket.namespace())));
        silences = 0;
        leftOnLink = connector.linkNumber();
        mayAskAtMillis = loop.nowMillis() + PAUSE_MILLIS;
    }

    private boolean awaitsOldAnswer() {
        return withdrawn && askedOnLink == connector.linkNumber();
    }

    private void awaitAnswer() {
        alarm.set(loop.nowMillis() + patienceMillis());
    }

    private long patienceMillis() {
        return options.connectTimeout().toMillis() << Math.min(silences, MAX_SILENCES);
    }

    private void ask(int asked, @Nullable JsonValue auth, @Nullable Throwable failure) {
        if (asked != connection || !socket.isConnecting() || !connector.isOpen()) {
            return;
        }
        if (failure != null) {
            haveNoCredentials(new ConnectFailedException(Reason.AUTH, "auth: " + failure, failure));
            return;
        }
        var payload = pid == null ? auth : ConnectPayload.toComeBack(pid, offsets.last(), auth);
        var question = options.parser().encode(new SocketPacket.Connect(socket.namespace(), payload));
        long tooLong = connector.wire().tooLong(question);
        if (tooLong > 0) {
            var words = "auth: " + NotSent.excess(tooLong, connector.wire().maxPayload());
            haveNoCredentials(new ConnectFailedException(Reason.AUTH, words, null));
            return;
        }
        askedOnLink = connector.linkNumber();
        askedAs = credentials.get();
        withdrawn = false;
        awaitAnswer();
        connector.wire().send(question);
    }

    /** The connection stays: what others do there goes on. */
    private void haveNoCredentials(ConnectFailedException failure) {
        if (backoff.exhausted()) {
            backoff.reset();
            socket.refuse(failure);
        } else {
            socket.connectionFailed(failure, false);
            retry.set(loop.nowMillis() + backoff.nextDelayMillis());
        }
    }

    /** Asks for credentials again without waiting any longer, if that is what the socket waits for. */
    void hurry() {
        if (retry.isSet()) {
            retry.set(Long.MAX_VALUE);
            backoff.hurry();
            introduce(connection);
        }
    }

    /** A server that lives may let the socket in later; where there is nothing else to hope for, another try may help. */
    private void unanswered() {
        if (!socket.isConnecting()) {
            return;
        }
        var silence = "no answer from namespace %s within %d ms".formatted(socket.namespace(), patienceMillis());
        silences++;
        if (connector.serves()) {
            socket.unanswered(new ConnectFailedException(Reason.TIMEOUT, silence, null));
            awaitAnswer();
        } else {
            connector.abandon(silence);
        }
    }

    /** Nobody waits for an answer at present. */
    void rest() {
        alarm.set(Long.MAX_VALUE);
        retry.set(Long.MAX_VALUE);
    }

    /** The answer, if one is still to come, is of no use any more. */
    void withdraw() {
        rest();
        backoff.reset();
        silences = 0;
        withdrawn = askedOnLink != 0;
    }

    /** The server has answered. */
    void answered() {
        askedOnLink = 0;
        silences = 0;
    }

    /**
     * The server has let the socket in; whether as who it was before.
     *
     * @param given by which it can come back; null if the server does not offer that
     */
    boolean connected(@Nullable String given) {
        rest();
        answered();
        backoff.reset();
        boolean recovered = given != null && given.equals(pid);
        if (!recovered) {
            offsets.reset();
        }
        pid = given;
        return recovered;
    }

    /** An event has arrived, which may tell how far the server has come. */
    void see(SocketPacket.Event event) {
        if (pid != null && event.ackId() == SocketPacket.NO_ACK) {
            offsets.see(event.arguments(), loop.wallMillis());
        }
    }

    /** Whether the packet was the answer to a question that was taken back, or came before it. */
    boolean takes(SocketPacket packet) {
        if (!awaitsOldAnswer()) {
            return false;
        }
        if (packet instanceof SocketPacket.Event event) {
            if (socket.isConnecting()) {
                socket.receiver().receive(event);
            }
        } else if (!(packet instanceof SocketPacket.Ack)) {
            oldAnswer(packet);
        }
        return true;
    }

    /** The server may have let in who wants it no more; then it has to know that. */
    private void oldAnswer(SocketPacket packet) {
        answered();
        if (!(packet instanceof SocketPacket.Connect connect)) {
            socket.connectionOpened();
        } else if (socket.isConnecting() && credentials.saysTheSameAs(askedAs)) {
            socket.connected(connect.payload());
        } else {
            socket.receiver().discardEarly();
            leave();
            socket.connectionOpened();
        }
    }
}
