package io.sockeye.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official Java client against the conformance server, over each way of transport. */
class JavaClientIT {
    private static App app;

    private Socket client = IO.socket(URI.create("http://127.0.0.1:1"));

    @BeforeAll
    static void start() throws Exception {
        app = App.start("conformance", "--loops", "2");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @AfterEach
    void disconnect() {
        client.disconnect();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void connectsAndIsWelcomedWithItsAuth(String transports) throws Exception {
        var welcomes = new LinkedBlockingQueue<Object[]>();
        prepare("/", transports, Map.of("token", "abc"));
        client.on("welcome", welcomes::add);
        client.connect();

        var welcome = (JSONObject) next(welcomes)[0];
        assertThat(welcome.getString("id")).isEqualTo(client.id());
        assertThat(welcome.getJSONObject("auth").getString("token")).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void echoesTextAndBinaryByAcknowledgement(String transports) throws Exception {
        connect("/", transports);

        var answer = call("echo", "å😀", 7, new byte[] {1, 2, 3}, new JSONObject(Map.of("b", new byte[] {4})));

        assertThat(answer[0]).isEqualTo("å😀");
        assertThat(answer[1]).isEqualTo(7);
        assertThat((byte[]) answer[2]).containsExactly(1, 2, 3);
        assertThat((byte[]) ((JSONObject) answer[3]).get("b")).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void acknowledgesWhatTheServerAsks(String transports) throws Exception {
        connect("/", transports);
        var answers = new LinkedBlockingQueue<Object[]>();
        client.on("answer", answers::add);
        client.on("question", args -> ((Ack) args[args.length - 1]).call("yes", new byte[] {9}));

        client.emit("ask", "sure?");

        var answer = next(answers);
        assertThat(answer[0]).isEqualTo("yes");
        assertThat((byte[]) answer[1]).containsExactly(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void joinsRoomsAndHearsBroadcasts(String transports) throws Exception {
        connect("/", transports);
        var heard = new LinkedBlockingQueue<Object[]>();
        client.on("news", heard::add);

        call("join", "room-" + transports);
        call("to", new JSONArray(List.of("room-" + transports)), new JSONArray(), "news", "hello");

        assertThat(next(heard)).containsExactly("hello");
        assertThat(call("rooms")[0]).hasToString("[\"room-" + transports + "\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void isRefusedWithMessageAndData(String transports) throws Exception {
        var errors = new LinkedBlockingQueue<Object[]>();
        prepare("/admin", transports, Map.of());
        client.on(Socket.EVENT_CONNECT_ERROR, errors::add);
        client.connect();

        var error = (JSONObject) next(errors)[0];
        assertThat(error.getString("message")).isEqualTo("not authorized");
        assertThat(error.getJSONObject("data").getInt("code")).isEqualTo(4010);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void losesNothingInEitherDirectionWhileItUpgrades(String transports) throws Exception {
        int count = 1000;
        prepare("/", transports, Map.of());
        var numbers = new LinkedBlockingQueue<Object[]>();
        client.on("seq", numbers::add);
        client.connect();
        client.emit("stream", count, 10, 1);
        for (int i = 0; i < count; i++) {
            client.emit("up", i);
        }

        for (int i = 0; i < count; i++) {
            assertThat(next(numbers)[0]).isEqualTo(i);
        }
        var sent = (JSONArray) call("up-report")[0];
        assertThat(sent.length()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(sent.getInt(i)).isEqualTo(i);
        }
    }

    private void connect(String namespace, String transports) throws Exception {
        var connected = new LinkedBlockingQueue<Object[]>();
        prepare(namespace, transports, Map.of());
        client.on("welcome", connected::add);
        client.connect();
        next(connected);
    }

    private void prepare(String namespace, String transports, Map<String, String> auth) {
        var options = IO.Options.builder()
                .setTransports(transports.split(","))
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(auth)
                .build();
        client = IO.socket(URI.create(app.url() + namespace), options);
    }

    private Object[] call(String event, Object... args) throws InterruptedException, JSONException {
        var answers = new LinkedBlockingQueue<Object[]>();
        client.emit(event, args, answers::add);
        return next(answers);
    }

    private static Object[] next(BlockingQueue<Object[]> queue) throws InterruptedException {
        var args = queue.poll(10, TimeUnit.SECONDS);
        assertThat(args).as("arrives within 10 s").isNotNull();
        return args;
    }
}
