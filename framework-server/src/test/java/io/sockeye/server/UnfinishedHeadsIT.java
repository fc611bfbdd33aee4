package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What HTTP connections hold before a request is whole, or while another one is not answered. */
@Timeout(60)
class UnfinishedHeadsIT {
    private static final String HOST = " HTTP/1.1\r\nHost: a\r\n\r\n";
    /** What the objects of a header count. */
    private static final int HEADER = 140;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
    }

    private SocketServer server(long memory) {
        return servers.start(builder -> builder.loops(1).memory(memory, memory).http(request -> {
            notes.add(request.uri());
            if (request.uri().equals("/wait")) {
                release.await(40, TimeUnit.SECONDS);
            }
            return HttpResponse.text(200, request.uri());
        }));
    }

    private static void until(SocketServer server, long inBytes) throws InterruptedException {
        for (int i = 0; server.memory().inBytes() != inBytes && i < 2_000; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(server.memory().inBytes()).isEqualTo(inBytes);
    }

    @Test
    void aPartOfAHeadCountsUntilItIsWhole() throws Exception {
        var server = server(32 << 20);
        try (var wire = Wire.to(server)) {
            wire.send("GET /a HTTP/1.1\r\nA: b\r\nC: " + "x".repeat(1_000));
            until(server, 17 + 6 + HEADER + 3 + 1_000);
            wire.send("\r\nHost: a\r\n\r\n");
            assertThat(wire.reply().body()).isEqualTo("/a");
            until(server, 0);
            wire.send("GET");
            until(server, 3);
        }
        until(server, 0);
    }

    @Test
    void whatFollowsARequestCountsUntilThatIsAnswered() throws Exception {
        var server = server(32 << 20);
        try (var wire = Wire.to(server)) {
            wire.send("GET /wait" + HOST);
            assertThat(notes.next()).isEqualTo("/wait");
            wire.send(("GET /a" + HOST).repeat(50));
            until(server, 28 * 50); // As it came.
            release.countDown();
            assertThat(wire.reply().body()).isEqualTo("/wait");
            for (int i = 0; i < 50; i++) {
                assertThat(wire.reply().body()).isEqualTo("/a");
            }
            until(server, 0);
        }
    }

    @Test
    void manyHeadersCountWhileTheRequestIsUnderWay() throws Exception {
        var server = server(32 << 20);
        try (var wire = Wire.to(server)) {
            wire.send("GET /wait HTTP/1.1\r\nHost:a\r\n" + "a:b\r\n".repeat(2_000) + "\r\n");
            assertThat(notes.next()).isEqualTo("/wait");
            until(server, 20 + 8 + HEADER + 2_000 * (5 + HEADER) + 2 - 4_096);
            release.countDown();
            assertThat(wire.reply().body()).isEqualTo("/wait");
            until(server, 0);
        }
    }

    @Test
    void connectionsEndThatHoldTooMuchTogether() throws Exception {
        var server = server(4 << 20); // Of which half a mebibyte is for this.
        List<Wire> wires = new ArrayList<>();
        try (var small = Wire.to(server)) {
            small.send("GET /small HTTP/1.1\r\nHo");
            until(server, 23);
            for (int i = 0; i < 100; i++) {
                long before = server.memory().inBytes();
                wires.add(Wire.to(server));
                wires.get(i).send("GET /a HTTP/1.1\r\nA: " + "x".repeat(12_000));
                while (server.memory().inBytes() == before) { // One after another.
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
            for (int i = 0; i < 60; i++) {
                assertThat(ends(wires.get(i))).isTrue();
            }
            assertThat(server.memory().inBytes()).isLessThan(512 << 10);
            small.send("st: a\r\n\r\n");
            assertThat(small.reply().body()).isEqualTo("/small");
            wires.get(99).send("\r\nHost: a\r\n\r\n");
            assertThat(wires.get(99).reply().body()).isEqualTo("/a");
        } finally {
            for (var wire : wires) {
                wire.close();
            }
        }
    }

    private static boolean ends(Wire wire) throws IOException {
        try {
            wire.reply();
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
