package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server that tests attack. It is steered by lines on its input, each answered by a line on its output, and ends with its
 * input.
 *
 * <pre>
 * memory                  collects garbage: "memory HEAP DIRECT PEAK RESIDENT" in bytes
 * release                 lets the handlers go on that block
 * broadcast BYTES MILLIS  tells all clients so much every so many milliseconds
 * quiet                   tells them nothing more
 * fill BYTES MILLIS       takes the heap, but for so many bytes, for so many milliseconds
 * stop                    closes the server and ends
 * </pre>
 */
public final class MemoryApp {
    private static final int LARGEST_PIECE = 256 << 10;
    private static final int SMALLEST_PIECE = 64;

    private final AttackedServer server;
    private final Gauge gauge = new Gauge();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "broadcast");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ScheduledFuture<?> broadcast;

    private MemoryApp(AttackedServer server) {
        this.server = server;
    }

    /** Returns when the input ends, or when it says so. */
    public static void run(List<String> args) {
        var server = new AttackedServer(new MemoryOptions(args));
        var app = new MemoryApp(server);
        say("ready memory " + server.start());
        try {
            app.obey(new BufferedReader(new InputStreamReader(System.in, UTF_8)));
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            System.exit(0); // Handlers may block for ever.
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void obey(BufferedReader commands) throws IOException {
        for (String line = commands.readLine(); line != null && !line.equals("stop"); line = commands.readLine()) {
            answer(line);
        }
    }

    /** Also without memory, once there is some again. */
    private void answer(String line) {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                say(obey(line.split(" ", -1)));
                return;
            } catch (OutOfMemoryError e) {
                pause(100);
            }
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String obey(String[] words) {
        switch (words[0]) {
            case "memory" -> {
                return gauge.line();
            }
            case "release" -> server.release();
            case "broadcast" -> broadcast(Integer.parseInt(words[1]), Long.parseLong(words[2]));
            case "quiet" -> stopBroadcast();
            case "fill" -> fill(Long.parseLong(words[1]), Long.parseLong(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "done";
    }

    private void broadcast(int bytes, long millis) {
        stopBroadcast();
        broadcast = timer.scheduleAtFixedRate(() -> server.tellAll(bytes), 0, millis, TimeUnit.MILLISECONDS);
    }

    private void stopBroadcast() {
        if (broadcast != null) {
            broadcast.cancel(false);
        }
    }

    /** Returns when all is given back. To be asked for that would need memory. */
    private static void fill(long rest, long millis) {
        var spare = new byte[(int) (rest / LARGEST_PIECE)][LARGEST_PIECE];
        var all = new ArrayList<byte[]>();
        for (int piece = LARGEST_PIECE; piece >= SMALLEST_PIECE; piece /= 4) {
            takeAll(all, piece);
        }
        Arrays.fill(spare, null); // Until now it had to be there.
        pause(millis);
        all.clear();
    }

    private static void takeAll(List<byte[]> taken, int size) {
        try {
            while (true) {
                taken.add(new byte[size]);
            }
        } catch (OutOfMemoryError e) {
            // That was the aim.
        }
    }
}
