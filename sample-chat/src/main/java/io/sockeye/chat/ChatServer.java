package io.sockeye.chat;

import io.sockeye.server.CannotListenException;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import io.sockeye.server.http.StaticFiles;
import java.time.Duration;

/** Runs the chat: open the page, choose a name and a room, talk. */
public final class ChatServer implements AutoCloseable {
    /** How long the chat keeps the place of somebody whose connection broke. */
    private static final Duration AWAY = Duration.ofMinutes(2);

    private final SocketServer server;

    private ChatServer(SocketServer server) {
        this.server = server;
    }

    /** Starts a chat; port 0 takes any free one. */
    public static ChatServer start(int port) {
        var builder = SocketServer.builder();
        settings(builder);
        var server = builder.port(port).build();
        new Chat(server).open();
        return new ChatServer(server.start());
    }

    /** What the chat wants of its server. */
    static void settings(SocketServerBuilder builder) {
        builder.connectionStateRecovery(ConnectionStateRecovery.within(AWAY))
                .http(StaticFiles.of(ChatServer.class, "/web"));
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
            run(Options.parse(args));
        } catch (IllegalArgumentException e) {
            fail(2, e.getMessage() + "\n\n" + Options.USAGE);
        } catch (CannotListenException e) {
            fail(1, e.getMessage() + ". Is another program using the port?");
        }
    }

    private static void run(Options options) {
        if (options.help()) {
            System.out.println(Options.USAGE);
            return;
        }
        var chat = start(options.port());
        Runtime.getRuntime().addShutdownHook(new Thread(chat::close, "stop"));
        System.out.println("The chat is open: http://localhost:" + chat.port());
    }

    private static void fail(int exitCode, String why) {
        System.err.println(why);
        System.exit(exitCode);
    }
}
