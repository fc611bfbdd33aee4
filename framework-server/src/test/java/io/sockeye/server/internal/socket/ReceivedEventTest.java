package io.sockeye.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.HandClient;
import io.sockeye.server.HandServer;
import io.sockeye.server.internal.threads.Weight;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ReceivedEventTest {
    private final HandServer server = new HandServer(1, builder -> builder);
    private final Queue<Runnable> elsewhere = new ArrayDeque<>();
    private final Queue<Runnable> furtherAway = new ArrayDeque<>();
    private final HandClient client = server.join();
    private final long before = server.in();

    private void runAll(Queue<Runnable> tasks) {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void takesItsTextItsAttachmentsAndWhatItsObjectsTake() {
        var arguments = Json.standard().array("e", "abc", Bytes.wrap(new byte[100]));
        // ["e","abc",{"_placeholder":true,"num":0}], 100 bytes, 340.
        assertThat(ReceivedEvent.bytesOf(new SocketPacket.Event("/", SocketPacket.NO_ACK, arguments)))
                .isEqualTo(41 + 100 + 340);
    }

    /** It is noted where each of its arguments begins and ends, and an event has the room of sixteen for that. */
    @Test
    void takesMoreIfItHasManyArguments() {
        var arguments = Json.standard().readArray(Bytes.ofUtf8("[\"e\"" + ",0".repeat(100_000) + "]"), 0);
        assertThat(ReceivedEvent.bytesOf(new SocketPacket.Event("/", SocketPacket.NO_ACK, arguments)))
                .isEqualTo(200_005 + 99_985 * 8 + 340);
    }

    /** Seven values, of which four are lists or objects; 16 bytes. */
    @Test
    void weighsWhatHandlersMayMakeOfIt() {
        var arguments = Json.standard().readArray(Bytes.ofUtf8("[\"e\",[[0,0],{}]]"), 0);
        assertThat(Weight.of(arguments)).isEqualTo(7 * 100 + 2 * 16);
    }

    @Test
    void weighsTheBytesOfAttachmentsOnce() {
        var arguments = Json.standard().array("e", Bytes.wrap(new byte[1_000]));
        // ["e",{"_placeholder":true,"num":0}]: an array, two keys, two values, an object and a text
        assertThat(Weight.of(arguments)).isEqualTo(7 * 100 + 2 * 35 + 1_000);
        assertThat(Weight.ofSent(arguments)).isEqualTo(7 * 100 + 2 * 35 + 1_000);
    }

    @Test
    void isHeldUntilTheLastMailboxIsThroughWithIt() {
        server.namespace("/").on("e", (socket, args) -> {});
        server.namespace("/").withExecutor(elsewhere::add).on("e", (socket, args) -> {});
        server.namespace("/").withExecutor(furtherAway::add).on("e", (socket, args) -> {});
        client.send("42[\"e\",\"" + "x".repeat(700) + "\"]");
        assertThat(server.in()).isEqualTo(before + 1_024);
        runAll(elsewhere);
        server.runHandlers();
        assertThat(server.in()).isEqualTo(before + 1_024);
        runAll(furtherAway);
        assertThat(server.in()).isEqualTo(before);
    }

    @Test
    void isGivenBackAtOnceWhereNobodyHandlesIt() {
        server.namespace("/").withExecutor(elsewhere::add).on("other", (socket, args) -> {});
        client.send("42[\"e\",\"" + "x".repeat(700) + "\"]");
        assertThat(server.in()).isEqualTo(before);
    }

    @Test
    void isGivenBackIfItIsDropped() {
        server.namespace("/").on("e", (socket, args) -> {});
        server.namespace("/").withExecutor(elsewhere::add).on("e", (socket, args) -> {});
        client.send("42[\"e\",\"" + "x".repeat(700) + "\"]");
        client.session().abort(CloseReason.MEMORY);
        assertThat(server.in()).isEqualTo(before);
        server.runHandlers();
        runAll(elsewhere);
        assertThat(server.in()).isZero();
    }
}
