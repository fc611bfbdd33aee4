package io.sockeye.testbed.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * One process with clients of one library under load, measured from within: {@code ClientLoad LIBRARY URL CONNECTIONS
 * IN_FLIGHT WARM_UP_SECONDS SECONDS}. Prints a line of JSON.
 */
final class ClientLoad {
    private static final String PAYLOAD = "x".repeat(64);

    private final LongAdder acknowledged = new LongAdder();
    private volatile boolean running = true;

    private ClientLoad() {}

    public static void main(String[] args) throws Exception {
        var peers = Peer.of(args[0], args[1]);
        int connections = Integer.parseInt(args[2]);
        int inFlight = Integer.parseInt(args[3]);
        long warmUpMillis = 1_000 * Long.parseLong(args[4]);
        long millis = 1_000 * Long.parseLong(args[5]);
        var clients = new ArrayList<Peer>();
        for (int i = 0; i < connections; i++) {
            clients.add(peers.get());
        }
        var load = new ClientLoad();
        load.start(clients, inFlight);
        Thread.sleep(warmUpMillis);
        System.out.println(load.measure(args[0], connections, inFlight, millis));
        load.running = false;
        // The process ends here whatever threads the library has left.
        System.exit(0);
    }

    private void start(List<Peer> clients, int inFlight) {
        for (var client : clients) {
            for (int i = 0; i < inFlight; i++) {
                next(client);
            }
        }
    }

    private void next(Peer client) {
        client.echo(PAYLOAD, () -> {
            acknowledged.increment();
            if (running) {
                next(client);
            }
        });
    }

    private String measure(String library, int connections, int inFlight, long millis) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long count = acknowledged.sum();
        Thread.sleep(millis);
        double cpuMicros = (system.getProcessCpuTime() - cpu) / 1_000.0;
        long acks = acknowledged.sum() - count;
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        running = false;
        Thread.sleep(500);
        System.gc();
        System.gc();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return String.format(
                Locale.ROOT,
                "{\"library\":\"%s\",\"jdk\":%d,\"connections\":%d,\"inFlight\":%d,\"acks\":%d,\"cpuMicrosPerAck\":%.2f,"
                        + "\"platformThreads\":%d,\"heapKiB\":%d,\"rssKiB\":%d}",
                library,
                Runtime.version().feature(),
                connections,
                inFlight,
                acks,
                acks == 0 ? 0 : cpuMicros / acks,
                threads,
                heap.getUsed() >> 10,
                residentKiB());
    }

    private static long residentKiB() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return -1;
    }
}
