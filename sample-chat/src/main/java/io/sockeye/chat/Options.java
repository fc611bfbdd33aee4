package io.sockeye.chat;

import java.util.Arrays;
import java.util.Iterator;

/** What the command line of the server says. */
record Options(int port, boolean help) {
    private static final int PORT = 3000;
    private static final int MAX_PORT = 65_535;

    static final String USAGE = """
            Usage: java -jar chat.jar [--port NUMBER]

              --port NUMBER   the port of the chat, %d by default; 0 takes any free one
              --help          prints this""".formatted(PORT);

    /** @throws IllegalArgumentException if an argument is none of ours; the message says which, and why */
    static Options parse(String... args) {
        int port = PORT;
        boolean help = false;
        for (Iterator<String> rest = Arrays.asList(args).iterator(); rest.hasNext(); ) {
            String arg = rest.next();
            if (arg.equals("--port")) {
                port = port(rest.hasNext() ? rest.next() : "");
            } else if (arg.startsWith("--port=")) {
                port = port(arg.substring("--port=".length()));
            } else if (arg.equals("--help")) {
                help = true;
            } else {
                throw new IllegalArgumentException("There is no option '" + arg + "'.");
            }
        }
        return new Options(port, help);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number that is no port is.
        }
        throw new IllegalArgumentException("--port '" + text + "': a port is a number from 0 to " + MAX_PORT + ".");
    }
}
