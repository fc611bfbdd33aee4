package io.sockeye.chat;

import io.sockeye.server.CannotListenException;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.SocketServer;
import io.sockeye.server.http.StaticFiles;
import java.time.Duration;

/** Runs the chat: open the page, choose a name and a room, talk. */
public final class ChatServer implements AutoCloseable {
    private static final int PORT = 3000;
    /** How long the chat keeps the place of somebody whose connection broke. */
    private static final Duration AWAY = Duration.ofMinutes(2);

    private final SocketServer server;

    private ChatServer(SocketServer server) {
        this.server = server;
    }

    /** Starts a chat; port 0 takes any free one. */
    public static ChatServer start(int port) {
        var server = SocketServer.builder()
                .port(port)
                .connectionStateRecovery(ConnectionStateRecovery.within(AWAY))
                .http(StaticFiles.of(ChatServer.class, "/web"))
                .build();
        new Chat(server).open();
        return new ChatServer(server.start());
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    public static void main(String[] args) {
        try {
            var chat = start(args.length == 0 ? PORT : Integer.parseInt(args[0]));
            Runtime.getRuntime().addShutdownHook(new Thread(chat::close, "stop"));
            System.out.println("The chat is open: http://localhost:" + chat.port());
        } catch (CannotListenException e) {
            System.err.println(e.getMessage() + ". Is another program using the port?");
            System.exit(1);
        }
    }
}
