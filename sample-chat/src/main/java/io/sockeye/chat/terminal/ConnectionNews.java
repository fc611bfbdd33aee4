package io.sockeye.chat.terminal;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectionListener;
import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Disconnection;
import io.sockeye.protocol.TransportKind;

/** Tells the person how the connection is doing. */
final class ConnectionNews implements ConnectionListener {
    private final Screen screen;
    private final Board board;

    /** Whether it was said that nobody answers, which is enough until somebody does. */
    private boolean complained;

    ConnectionNews(Screen screen, Board board) {
        this.screen = screen;
        this.board = board;
    }

    @Override
    public void opened(TransportKind transport) {
        complained = false;
        board.connection(transport.wireName());
        screen.print(Lines.notice("connected, transport: " + transport.wireName()));
    }

    @Override
    public void upgraded(TransportKind transport) {
        board.connection(transport.wireName());
        screen.print(Lines.notice("upgraded, transport: " + transport.wireName()));
    }

    @Override
    public void closed(Disconnection end) {
        board.connection("offline");
        if (end.reason() != DisconnectReason.IO_CLIENT_DISCONNECT) {
            screen.print(Lines.problem("The connection is lost (" + end.reason().text() + ")."));
        }
    }

    @Override
    public void reconnectAttempt(int attempt) {
        board.hint("trying again, attempt " + attempt);
    }

    @Override
    public void reconnected(int attempt) {
        board.hint("");
        screen.print(Lines.notice("reconnected, attempt " + attempt));
    }

    /** The first attempt of all, or a later one, has failed; the client tries again. */
    void unreachable(ConnectFailedException failure) {
        if (!complained) {
            complained = true;
            board.connection("offline");
            screen.print(Lines.problem("The chat does not answer: " + failure.getMessage() + ". Trying again …"));
        }
    }
}
