package io.sockeye.client.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.internal.ClientUnderTest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final ClientUnderTest test =
            new ClientUnderTest(builder -> builder.handlerExecutor(work::add).mailboxLimit(4));
    private final List<Integer> heard = new ArrayList<>();

    @BeforeEach
    void connect() {
        test.client.on("n", Integer.class, heard::add);
        test.connect();
        workAll();
    }

    private void workAll() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
        test.loop.run();
    }

    private void send(int from, int to) {
        for (int n = from; n <= to; n++) {
            test.receive("42[\"n\"," + n + "]");
        }
    }

    @Test
    void letsTheServerWaitUntilHalfOfTheEventsWereHandled() {
        send(1, 3);
        assertThat(test.wire().reading).isTrue();
        send(4, 4);
        assertThat(test.wire().reading).isFalse();
        send(5, 6); // They were on their way.
        workAll();
        assertThat(test.wire().reading).isTrue();
        assertThat(heard).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void missesNoPingWhileItDoesNotListen() {
        send(1, 4);
        test.receive("2"); // It was on its way.
        assertThat(test.sent()).containsExactly("3");
        test.loop.pass(100_000);
        test.loop.sleep(100_000);
        test.client.emit("still here");
        assertThat(test.sent()).containsExactly("42[\"still here\"]");
        workAll();
        test.loop.pass(44_999);
        assertThat(test.client.connected()).isTrue();
        test.loop.pass(1);
        assertThat(test.client.connected()).isFalse();
    }

    /** A handler may wait for it. */
    @Test
    void listensAsLongAsAnAnswerIsAwaited() {
        var answer = test.client.request("question", Integer.class);
        assertThat(test.sent()).containsExactly("420[\"question\"]");
        send(1, 5);
        assertThat(test.wire().reading).isTrue();
        test.receive("430[7]");
        assertThat(answer.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(7);
        assertThat(test.wire().reading).isFalse();
        test.client.request("another question");
        test.loop.run();
        assertThat(test.wire().reading).isTrue();
    }

    /** A handler may wait for it, too. */
    @Test
    void listensAsLongAsANamespaceIsJoined() {
        send(1, 4);
        assertThat(test.wire().reading).isFalse();
        test.client.of("/admin").connect();
        test.loop.run();
        assertThat(test.wire().reading).isTrue();
        test.receive("40/admin,{\"sid\":\"a\"}");
        assertThat(test.wire().reading).isFalse();
    }

    @Test
    void restsAgainWhenTheOneWhoAwaitedAnAnswerHasLeft() {
        var admin = test.client.of("/admin");
        admin.connect();
        test.loop.run();
        test.receive("40/admin,{\"sid\":\"a\"}");
        admin.request("question");
        test.loop.run();
        send(1, 5);
        assertThat(test.wire().reading).isTrue();
        admin.disconnect();
        test.loop.run();
        assertThat(test.wire().reading).isFalse();
        admin.request("not asked before the next connection");
        test.loop.run();
        assertThat(test.wire().reading).isFalse();
    }

    @Test
    void listensAgainWhenTheBusySocketLeaves() {
        var admin = test.client.of("/admin");
        admin.connect();
        test.loop.run();
        test.receive("40/admin,{\"sid\":\"a\"}");
        for (int i = 0; i < 4; i++) {
            test.receive("42/admin,[\"n\"]");
        }
        assertThat(test.wire().reading).isFalse();
        admin.disconnect();
        test.loop.run();
        assertThat(test.wire().reading).isTrue();
    }

    @Test
    void listensToTheNextConnection() {
        send(1, 4);
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"again\"}");
        assertThat(test.client.connected()).isTrue();
        assertThat(test.wire().reading).isTrue();
        send(5, 5);
        assertThat(test.wire().reading).isFalse();
        test.client.disconnect();
        test.loop.run();
        assertThat(test.wire().reading).isTrue(); // The end is to be heard of.
    }
}
