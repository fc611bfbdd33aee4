package io.sockeye.testbed;

import io.sockeye.msgpack.MsgpackParser;
import io.sockeye.protocol.Parser;
import io.sockeye.server.IoTransport;
import io.sockeye.server.SocketServerBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The command line: pairs of an option and its value. */
final class Options {
    private static final Set<String> NAMES =
            Set.of("--port", "--handlers", "--transport", "--loops", "--parser", "--eio3");
    private static final int DEFAULT_PORT = 3000;

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    static Options parse(List<String> args) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < args.size(); i += 2) {
            if (!NAMES.contains(args.get(i)) || i + 1 == args.size()) {
                throw new IllegalArgumentException(
                        "option " + args.get(i) + ": expected one of " + NAMES + " and a value");
            }
            values.put(args.get(i), args.get(i + 1));
        }
        return new Options(values);
    }

    /** The option, else the environment variable {@code PORT}, else 3000. */
    int port() {
        String port = values.getOrDefault("--port", System.getenv("PORT"));
        return port == null ? DEFAULT_PORT : Integer.parseInt(port);
    }

    /** The environment variable {@code RECOVERY_PORT}, else the port after {@link #port}. */
    int recoveryPort() {
        String port = System.getenv("RECOVERY_PORT");
        return port == null ? port() + 1 : Integer.parseInt(port);
    }

    int loops(int otherwise) {
        String loops = values.get("--loops");
        return loops == null ? otherwise : Integer.parseInt(loops);
    }

    IoTransport transport() {
        return IoTransport.valueOf(values.getOrDefault("--transport", "auto").toUpperCase(Locale.ROOT));
    }

    private Parser parser() {
        String parser = values.getOrDefault("--parser", "standard");
        return switch (parser) {
            case "standard" -> Parser.standard();
            case "msgpack" -> new MsgpackParser();
            default -> throw new IllegalArgumentException("--parser: " + parser);
        };
    }

    /** Whether clients of version 2 and JSONP are allowed: {@code on} or {@code off}. */
    private boolean eio3() {
        return values.getOrDefault("--eio3", "off").equals("on");
    }

    /** The server's settings that the options change. */
    SocketServerBuilder apply(SocketServerBuilder builder, int defaultLoops) {
        builder.host("127.0.0.1").port(port()).loops(loops(defaultLoops)).ioTransport(transport());
        builder.parser(parser());
        builder.allowEIO3(eio3()).jsonp(eio3());
        String handlers = values.getOrDefault("--handlers", "mailbox");
        return switch (handlers) {
            case "mailbox" -> builder;
            case "event-loop" -> builder.handlersOnEventLoop();
            default -> throw new IllegalArgumentException("--handlers: " + handlers);
        };
    }
}
