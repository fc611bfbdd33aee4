package io.sockeye.testbed.client;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.SocketClient;
import io.sockeye.protocol.TransportKind;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program with a client, which a test runs in a JVM of its own: {@code URL TRANSPORT close|leave|refused}. */
final class ClientProgram {
    private ClientProgram() {}

    public static void main(String[] args) throws Exception {
        var client = SocketClient.builder(args[0])
                .transports(args[1].equals("POLLING") ? TransportKind.POLLING : TransportKind.WEBSOCKET)
                .build();
        client.connect().get(20, TimeUnit.SECONDS);
        client.request("echo", int.class, 1).get(20, TimeUnit.SECONDS);
        System.out.println("connected");
        if (args[2].equals("leave")) {
            return;
        }
        if (args[2].equals("refused")) {
            System.out.println(SocketClient.class.getModule());
            client.of("/nowhere")
                    .onConnectError(ClientProgram::print)
                    .connect()
                    .handle((nothing, failure) -> 0)
                    .get();
        }
        client.close();
        client = null;
        System.out.println("threads " + threadsAfterAWhile());
    }

    private static void print(ConnectFailedException failure) {
        System.out.println("refused: " + failure.getMessage() + " " + failure.data());
    }

    /** Before JDK 21 the HTTP client's thread ends with the garbage collection. */
    private static List<String> threadsAfterAWhile() throws InterruptedException {
        var threads = threads();
        for (int i = 0; i < 200 && !threads.isEmpty(); i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
            threads = threads();
        }
        return threads;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sockeye") || name.startsWith("HttpClient"))
                .toList();
    }
}
