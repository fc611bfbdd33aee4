package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.protocol.CloseReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Events of which handlers may make much, with room for 1 MiB of that at a time. */
class HeavyEventsTest {
    /** Of this list a handler makes 700 kB. */
    private static final String LIST = "[" + "0,".repeat(6_999) + "0]";
    /** And of this one 5 MB. */
    private static final String LONG_LIST = "[" + "0,".repeat(49_999) + "0]";

    private final HandServer server = new HandServer(1, builder -> builder.memory(4 << 20, 4 << 20));
    private final List<String> handled = new ArrayList<>();
    private final HandClient first = server.join();
    private final HandClient second = server.join();
    private final HandClient third = server.join();

    /** Handlers of the first event run all others amid it. */
    private void runOthersAmid(String event) {
        server.namespace("/").on(event, (socket, args) -> {
            server.runHandlers();
            handled.add(event);
        });
    }

    private void note(String... events) {
        for (var event : events) {
            server.namespace("/").on(event, (socket, args) -> handled.add(event));
        }
    }

    @Test
    void waitUntilThoseOfOthersAreThrough() {
        runOthersAmid("a");
        note("b", "b2", "c", "light");
        first.send("42[\"a\"," + LIST + "]");
        second.send("42[\"b\"," + LIST + "]");
        second.send("42[\"b2\"]");
        third.send("42[\"light\"]");
        third.send("42[\"c\"," + LIST + "]");
        server.runHandlers();
        assertThat(handled).containsExactly("light", "a", "b", "b2", "c");
    }

    @Test
    void letOthersInWhenTheirHandlerThrows() {
        server.namespace("/").on("a", (socket, args) -> {
            server.runHandlers();
            throw new IllegalStateException("as a handler may");
        });
        note("b");
        first.send("42[\"a\"," + LIST + "]");
        second.send("42[\"b\"," + LIST + "]");
        server.runHandlers();
        assertThat(handled).containsExactly("b");
    }

    @Test
    void areDroppedWhileTheyWaitAndLeaveNothingBehind() {
        runOthersAmid("a");
        note("b", "c");
        server.namespace("/").on("end", (socket, args) -> {
            second.session().abort(CloseReason.MEMORY);
            server.runHandlers();
        });
        server.namespace("/").onDisconnect((socket, reason) -> handled.add("disconnected"));
        first.send("42[\"a\"," + LIST + "]");
        second.send("42[\"b\"," + LIST + "]");
        third.send("42[\"end\"]");
        third.send("42[\"c\"," + LIST + "]");
        server.runHandlers();
        assertThat(handled).containsExactly("disconnected", "a", "c");
        assertThat(server.core.context().memory().gate().nonePaused()).isCompleted();
        first.send("42[\"c\"," + LIST + "]");
        server.runHandlers();
        assertThat(handled).containsExactly("disconnected", "a", "c", "c");
    }

    @Test
    void areHandledAlsoIfTheirClientHasLeftMeanwhile() {
        runOthersAmid("a");
        note("b");
        server.namespace("/").on("end", (socket, args) -> second.leave());
        server.namespace("/").onDisconnect((socket, reason) -> handled.add("disconnected"));
        first.send("42[\"a\"," + LIST + "]");
        second.send("42[\"b\"," + LIST + "]");
        third.send("42[\"end\"]");
        server.runHandlers();
        assertThat(handled).containsExactly("a", "b", "disconnected");
    }

    /** The namespaces of one client take turns with those of others. */
    @Test
    void countOneTurnForAClientInManyNamespaces() {
        runOthersAmid("a");
        note("c");
        first.send("42[\"a\"," + LIST + "]");
        for (var name : List.of("/1", "/2", "/3")) {
            server.namespace(name).on("b", (socket, args) -> handled.add("b"));
            second.send("40" + name + ",");
            second.send("42" + name + ",[\"b\"," + LIST + "]");
        }
        third.send("42[\"c\"," + LIST + "]");
        server.namespace("/")
                .on(
                        "a",
                        (socket, args) -> handled.add("waiting: "
                                + server.core.context().memory().usage().waitingLargeEvents()));
        server.runHandlers();
        assertThat(handled).containsExactly("a", "waiting: 4", "b", "c", "b", "b");
    }

    /** Behind middleware, handlers with an executor never run on a loop, though the executor would. */
    @Test
    void areNotHandledOnALoopWhereTheyNeverWere() {
        server.namespace("/").useForEvents((socket, event, args) -> {});
        server.namespace("/").withExecutor(Runnable::run).on("b", (socket, args) -> handled.add("b"));
        server.runHandlers();
        first.send("42[\"b\"," + LIST + "]");
        server.handlers.remove(0).run();
        assertThat(handled).as("it waits for the middleware's turn to end").isEmpty();
        server.runHandlers();
        assertThat(handled).containsExactly("b");
    }

    @Test
    void giveTheThreadToOthers() {
        note("a", "b");
        first.send("42[\"a\"," + LONG_LIST + "]");
        first.send("42[\"a\"," + LONG_LIST + "]");
        second.send("42[\"b\"]");
        server.runHandlers();
        assertThat(handled).containsExactly("a", "b", "a");
    }

    @Test
    void giveTheLoopToOthersWhereHandlersRunOnIt() {
        server.namespace("/").handlersOnEventLoop();
        var onLoop = server.join();
        note("a", "b");
        onLoop.send("42[\"a\"," + LONG_LIST + "]");
        onLoop.send("42[\"a\"," + LONG_LIST + "]");
        server.join().send("42[\"b\"]");
        assertThat(handled).containsExactly("a", "b");
        server.look();
        assertThat(handled).containsExactly("a", "b", "a");
        server.look();
        assertThat(server.core.context().memory().gate().nonePaused()).isCompleted();
    }

    @Test
    void waitAlsoWhereHandlersRunOnTheLoop() {
        server.namespace("/").handlersOnEventLoop();
        var onLoop = server.join();
        note("b", "light");
        server.namespace("/").on("a", (socket, args) -> {
            onLoop.send("42[\"b\"," + LIST + "]");
            onLoop.send("42[\"light\"]");
            handled.add("a");
        });
        first.send("42[\"a\"," + LIST + "]");
        server.runHandlers();
        assertThat(handled).containsExactly("a", "b", "light");
    }

    @Test
    void countForEachExecutorThatHasThem() {
        Queue<Runnable> elsewhere = new ArrayDeque<>();
        note("b");
        server.namespace("/").withExecutor(elsewhere::add).on("a", (socket, args) -> {
            server.runHandlers();
            handled.add("a");
        });
        first.send("42[\"a\"," + LIST + "]");
        second.send("42[\"b\"," + LIST + "]");
        elsewhere.remove().run();
        server.runHandlers();
        assertThat(handled).containsExactly("a", "b");
    }

    @Test
    void countIfTheyAreSentAndSomebodyListensToThat() {
        runOthersAmid("a");
        server.namespace("/").onAnyOutgoing((socket, event, args) -> handled.add("sent"));
        server.namespace("/").on("make", (socket, args) -> socket.emit("made", new int[7_000]));
        first.send("42[\"a\"," + LIST + "]");
        second.send("42[\"make\"]");
        server.runHandlers();
        assertThat(handled).containsExactly("a", "sent");
    }

    /** What handlers relay is deeper by what they put around it than what may arrive. */
    @Test
    void mayBeDeeperThanWhatArrivesIfTheyAreSent() {
        int depth = 511;
        server.namespace("/").onAnyOutgoing((socket, event, args) -> handled.add(event));
        server.namespace("/").on("relay", (socket, args) -> {
            socket.emit("relayed", List.of(args.value(0)));
            handled.add("connected: " + socket.connected());
        });
        long before = server.core.context().memory().out().heldBytes();
        first.send("42[\"relay\"," + "[".repeat(depth) + "]".repeat(depth) + "]");
        server.runHandlers();
        assertThat(handled).containsExactly("connected: true", "relayed");
        assertThat(server.core.context().memory().out().heldBytes()).isEqualTo(before);
    }

    @Test
    void areBroughtToAnEndWhenTheServerStops() {
        runOthersAmid("a");
        note("b");
        server.namespace("/").on("stop", (socket, args) -> {
            server.core.context().memory().gate().open();
            server.runHandlers();
        });
        first.send("42[\"a\"," + LIST + "]");
        second.send("42[\"b\"," + LIST + "]");
        third.send("42[\"stop\"]");
        server.runHandlers();
        assertThat(handled).containsExactly("b", "a");
    }
}
