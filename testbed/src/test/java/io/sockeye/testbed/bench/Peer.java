package io.sockeye.testbed.bench;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.sockeye.client.SocketClient;
import io.sockeye.protocol.TransportKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** One connected client of one of the libraries that are compared, over WebSocket. */
interface Peer {
    /** Emits {@code echo} and calls back when it is acknowledged. */
    void echo(String payload, Runnable acknowledged);

    void close();

    /** Makes clients of the library with that name. */
    static Supplier<Peer> of(String library, String url) {
        return switch (library) {
            case "sockeye" -> () -> new Sockeye(url, null);
            case "sockeye-shared" -> {
                var shared = HttpClient.newHttpClient();
                yield () -> new Sockeye(url, shared);
            }
            case "socket.io" -> {
                var shared = SocketIo.options();
                yield () -> new SocketIo(url, shared);
            }
            default -> throw new IllegalArgumentException("no such library: " + library);
        };
    }

    /** Ours; each client with an HTTP client of its own, or all of them with one. */
    final class Sockeye implements Peer {
        private final SocketClient client;

        private Sockeye(String url, HttpClient shared) {
            var builder = SocketClient.builder(url).transports(TransportKind.WEBSOCKET);
            client = (shared == null ? builder : builder.httpClient(shared)).build();
            client.connect().join();
        }

        @Override
        public void echo(String payload, Runnable acknowledged) {
            client.request("echo", String.class, payload).thenAccept(answer -> {
                if (!payload.equals(answer)) {
                    throw new IllegalStateException("wrong answer: " + answer);
                }
                acknowledged.run();
            });
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** The official one, which shares an OkHttp client among all. */
    final class SocketIo implements Peer {
        private final Socket socket;

        private SocketIo(String url, IO.Options options) {
            socket = IO.socket(URI.create(url), options);
            var connected = new CountDownLatch(1);
            socket.once(Socket.EVENT_CONNECT, args -> connected.countDown());
            socket.connect();
            try {
                if (!connected.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("no connection");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Its default allows five connections to a host. */
        private static IO.Options options() {
            var dispatcher = new Dispatcher();
            dispatcher.setMaxRequests(Integer.MAX_VALUE);
            dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
            var http = new OkHttpClient.Builder()
                    .dispatcher(dispatcher)
                    .readTimeout(1, TimeUnit.MINUTES)
                    .build();
            var options = new IO.Options();
            options.forceNew = true;
            options.transports = new String[] {"websocket"};
            options.callFactory = http;
            options.webSocketFactory = http;
            return options;
        }

        @Override
        public void echo(String payload, Runnable acknowledged) {
            socket.emit("echo", new Object[] {payload}, (Ack) answer -> {
                if (!payload.equals(answer[0])) {
                    throw new IllegalStateException("wrong answer: " + answer[0]);
                }
                acknowledged.run();
            });
        }

        @Override
        public void close() {
            socket.disconnect();
        }
    }
}
