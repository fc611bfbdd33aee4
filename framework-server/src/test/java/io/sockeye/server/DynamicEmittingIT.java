package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.event.Event;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done with all namespaces of a pattern at once. */
@Timeout(30)
class DynamicEmittingIT {
    private static final Pattern TENANTS = Pattern.compile("/tenant-\\d+");
    private static final Event<Integer> NUMBER = Event.of("number", Integer.class);
    private static final Event<Void> END = Event.of("end");

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void roomsOfAllOfThemCanBeEmittedTo() throws Exception {
        var server = servers.start();
        var tenants = server.of(TENANTS);
        tenants.on("join", String.class, (socket, room) -> {
            socket.join(room);
            socket.emit("joined");
        });
        try (var one = WebSocketClient.open(server);
                var two = WebSocketClient.open(server)) {
            join(one, "/tenant-1,", "red");
            join(two, "/tenant-2,", "red");
            join(two, "/tenant-3,", "blue");
            tenants.to("red").emit("n", 1);
            tenants.in("red", "blue").except("red").local().emit("n", 2);
            tenants.except("blue").compress(false).emit(NUMBER, 3);
            tenants.asVolatile().to("blue").emit(END);
            tenants.emit(NUMBER, 4);
            tenants.emit(END);
            assertThat(one.next()).isEqualTo("42/tenant-1,[\"n\",1]");
            assertThat(one.next()).isEqualTo("42/tenant-1,[\"number\",3]");
            assertThat(one.next()).isEqualTo("42/tenant-1,[\"number\",4]");
            assertThat(one.next()).isEqualTo("42/tenant-1,[\"end\"]");
            assertThat(two.next()).isEqualTo("42/tenant-2,[\"n\",1]");
            assertThat(two.next()).isEqualTo("42/tenant-3,[\"n\",2]");
            assertThat(two.next()).isEqualTo("42/tenant-2,[\"number\",3]");
            assertThat(two.next()).isEqualTo("42/tenant-3,[\"end\"]");
        }
    }

    private static void join(WebSocketClient client, String namespace, String room) throws Exception {
        client.join(namespace);
        client.send("42" + namespace + "[\"join\",\"" + room + "\"]");
        assertThat(client.next()).isEqualTo("42" + namespace + "[\"joined\"]");
    }

    @Test
    void theirHandlersMayHaveAnExecutorOfTheirOwn() throws Exception {
        var pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "my pool"));
        var server = servers.start();
        server.of(TENANTS).handlerExecutor(pool).on("say", (socket, args) -> note());
        server.of(Pattern.compile("/game-\\d+")).handlersOnEventLoop().on("say", (socket, args) -> note());
        server.of("/tenant-2").handlersOnEventLoop();
        try (var client = WebSocketClient.open(server)) {
            for (var name : new String[] {"/tenant-1,", "/game-1,", "/tenant-2,"}) {
                client.join(name);
                client.send("42" + name + "[\"say\"]");
            }
            assertThat(notes.next(3)).filteredOn("my pool"::equals).hasSize(1);
        } finally {
            pool.shutdown();
        }
    }

    private void note() {
        notes.add(Thread.currentThread().getName());
    }
}
