package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.event.DisconnectedException;
import io.sockeye.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers of which much may be made, with room for 1 MiB of that at a time. */
class LargeAnswersTest {
    /** Of this list 700 kB are made. */
    private static final String LIST = "[" + "0,".repeat(6_999) + "0]";

    private final HandServer server = new HandServer(1, builder -> builder.memory(4 << 20, 4 << 20));
    private final List<Socket> sockets = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    /** What is done amid the reading of an answer. */
    private final List<CompletableFuture<Void>> meanwhile = new ArrayList<>();

    private final HandClient first = join();
    private final HandClient second = join();
    private final long before = server.in();

    private HandClient join() {
        if (sockets.isEmpty()) {
            server.namespace("/").onConnection(sockets::add);
        }
        var client = server.join();
        server.runHandlers();
        return client;
    }

    private CompletableFuture<int[]> ask(int socket, String name) {
        var answer = sockets.get(socket).request(name, int[].class);
        answer.whenComplete((value, failure) -> read.add(failure == null ? name : name + " failed"));
        return answer;
    }

    /** Amid reading it, others arrive. */
    private void uponReading(CompletableFuture<?> answer, Runnable others) {
        meanwhile.add(answer.thenRun(others));
    }

    /** What was asserted there fails the test. */
    @AfterEach
    void expectsAllThatHappenedMeanwhile() {
        assertThat(meanwhile).allSatisfy(each -> assertThat(each).isCompleted());
    }

    @Test
    void waitUntilThoseOfOthersAreRead() {
        var a = ask(0, "a");
        ask(1, "b");
        ask(1, "c");
        uponReading(a, () -> {
            second.send("431[" + LIST + "]");
            second.send("432[[]]");
            assertThat(read).as("both wait").isEmpty();
            assertThat(server.in() - before).isGreaterThan(2L * LIST.length());
        });
        first.send("430[" + LIST + "]");
        assertThat(read).containsExactly("a", "b", "c");
        assertThat(server.in()).isEqualTo(before);
        assertThat(server.core.context().memory().answerGate().nonePaused()).isCompleted();
    }

    @Test
    void doNotHoldUpThatThereWillBeNoAnswer() {
        var a = ask(0, "a");
        ask(1, "b");
        var never = ask(1, "never");
        uponReading(a, () -> {
            second.send("431[" + LIST + "]");
            second.leave();
            assertThat(never).isCompletedExceptionally();
            assertThat(read).as("b waits").containsExactly("never failed");
        });
        first.send("430[" + LIST + "]");
        assertThat(read).containsExactly("never failed", "a", "b");
    }

    @Test
    void failIfTheirClientHasToGoMeanwhile() {
        var a = ask(0, "a");
        var b = ask(1, "b");
        uponReading(a, () -> {
            second.send("431[" + LIST + "]");
            second.session().abort(CloseReason.MEMORY);
            assertThat(b).isCompletedExceptionally();
        });
        first.send("430[" + LIST + "]");
        assertThat(read).containsExactlyInAnyOrder("a", "b failed");
        assertThat(b.handle((value, failure) -> failure).join()).isInstanceOf(DisconnectedException.class);
        assertThat(server.core.context().memory().answerGate().nonePaused()).isCompleted();
    }

    /** Of three answers of 950 kB, which wait though the handlers of their client are through. */
    @Test
    void areStillHeldByTheirClientOnceItHasLeft() {
        var third = join();
        server.namespace("/").on("e", (socket, args) -> {});
        var a = ask(0, "a");
        var large = "[[" + "0,".repeat(475_000) + "0]]";
        var answers = List.of(ask(1, "b"), ask(1, "c"), ask(1, "d"));
        uponReading(a, () -> {
            for (int i = 1; i <= answers.size(); i++) {
                second.send("43" + i + large);
            }
            second.leave();
            server.runHandlers();
            third.send("42[\"e\",\"" + "x".repeat(950_000) + "\"]");
            server.look();
            server.look();
            assertThat(third.isOpen()).isTrue();
            assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(server.core.context().memory().usage().disconnected()).isEqualTo(1);
        });
        first.send("430[" + LIST + "]");
        assertThat(read).contains("a");
        server.runHandlers();
        server.look();
        assertThat(server.core.context().memory().answerGate().nonePaused()).isCompleted();
    }

    @Test
    void doNotWaitForHandlersThatWaitForThem() {
        server.namespace("/").on("large", (socket, args) -> {
            ask(0, "a");
            first.send("430[" + LIST + "]");
            assertThat(read).containsExactly("a");
            read.add("handled");
        });
        second.send("42[\"large\"," + LIST + "]");
        server.runHandlers();
        assertThat(read).containsExactly("a", "handled");
    }
}
