package io.sockeye.testbed.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Scripts of servers that open a session as they should, and then send what they like. */
final class Scripts {
    static final String OPEN =
            "0{\"sid\":\"e1\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";
    static final String CONNECTED = "40{\"sid\":\"s1\"}";

    private Scripts() {}

    /** Opens a session, waits for what the client says and sends these packets; whoever comes next is treated well. */
    static void session(ScriptedServer server, Way way, String... packets) {
        server.script(way == Way.POLLING ? polling(server, packets) : webSocket(server, packets));
    }

    private static ScriptedServer.Script polling(ScriptedServer server, String... packets) {
        var asked = new CountDownLatch(1);
        var answered = new AtomicBoolean();
        return exchange -> {
            if (exchange.isPost()) {
                exchange.ok("ok");
                asked.countDown();
            } else if (!exchange.hasSid()) {
                exchange.ok(OPEN);
            } else if (answered.compareAndSet(false, true)) {
                asked.await();
                server.heal();
                exchange.ok(String.join("\u001e", packets));
            } else {
                exchange.hold();
            }
        };
    }

    private static ScriptedServer.Script webSocket(ScriptedServer server, String... packets) {
        return webSocket(server, socket -> {
            for (var packet : packets) {
                socket.text(packet);
            }
        });
    }

    /** What is sent on a WebSocket. */
    @FunctionalInterface
    interface Frames {
        void send(ScriptedWebSocket socket) throws Exception;
    }

    /** The same with frames made by hand, after the session was opened and the client has asked for its namespace. */
    static ScriptedServer.Script webSocket(ScriptedServer server, Frames frames) {
        return exchange -> {
            var socket = exchange.acceptWebSocket();
            socket.text(OPEN);
            socket.read();
            server.heal();
            try {
                frames.send(socket);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                return;
            }
            socket.hold();
        };
    }

    static String[] afterConnect(String packets) {
        var all = new ArrayList<>(List.of(CONNECTED));
        all.addAll(List.of(packets.split(" ␞ ", -1)));
        return all.toArray(String[]::new);
    }
}
