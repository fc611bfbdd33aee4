package io.sockeye.server.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.HandClient;
import io.sockeye.server.HandServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who goes for a new client. With so little memory there may be 100 sessions, the last 3 for others than the address with the most. */
class SessionRoomTest {
    private static final String CROWD = "192.0.2.1";
    private static final String NEWCOMER = "198.51.100.1";

    private final List<String> told = new ArrayList<>();

    private HandServer server(int loops) {
        return new HandServer(
                loops,
                builder -> builder.memory(200_000, 10_000_000)
                        .onOverflow(overflow -> told.add(
                                overflow.reason() + " " + overflow.sockets().size())));
    }

    private static boolean makesRoom(HandServer server, String address) {
        return server.shards.get(0).makeRoom(HandServer.request(address));
    }

    private static HandClient joined(HandServer server, String address, int loop) {
        var client = server.openFrom(address, loop);
        client.send("40");
        server.pass(Duration.ofMillis(1));
        return client;
    }

    private static List<HandClient> joined(HandServer server, String address, int loop, int count) {
        var clients = new ArrayList<HandClient>();
        for (int i = 0; i < count; i++) {
            clients.add(joined(server, address, loop));
        }
        return clients;
    }

    private static List<Integer> ended(List<HandClient> clients) {
        var ended = new ArrayList<Integer>();
        for (int i = 0; i < clients.size(); i++) {
            if (!clients.get(i).isOpen()) {
                ended.add(i);
            }
        }
        return ended;
    }

    @Test
    void asLongAsThereIsRoomAnAddressMayHaveAll() {
        var server = server(1);
        var crowd = joined(server, CROWD, 0, 96);
        assertThat(makesRoom(server, CROWD)).isTrue();
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
        assertThat(ended(crowd)).isEmpty();
    }

    @Test
    void theAddressWithFarMoreMakesRoom() {
        var server = server(1);
        var other = joined(server, NEWCOMER, 0);
        var crowd = joined(server, CROWD, 0, 96);
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
        assertThat(ended(crowd)).containsExactly(0, 1, 2);
        assertThat(told).containsExactly("TOO_MANY_SESSIONS 1", "TOO_MANY_SESSIONS 1", "TOO_MANY_SESSIONS 1");
        assertThat(other.isOpen()).isTrue();
        assertThat(crowd.get(0).transport().closed).isTrue();
    }

    @Test
    void eachLoopEndsItsPart() {
        var server = server(2);
        var first = joined(server, CROWD, 0, 64);
        var second = joined(server, CROWD, 1, 33);
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
        assertThat(ended(first)).containsExactly(0, 1);
        assertThat(ended(second)).containsExactly(0, 1);
    }

    @Test
    void whoLooksLeastAliveGoesFirst() {
        var server = server(1);
        var held = new CompletableFuture<Void>();
        server.namespace("/slow").useAsync(candidate -> held);
        var clients = joined(server, CROWD, 0, 92);
        clients.get(0).send("3");
        var away = joined(server, CROWD, 0);
        away.transport().collects = true;
        away.transport().writable = false;
        var polls = joined(server, CROWD, 0);
        polls.transport().collects = true;
        var waiting = server.openFrom(CROWD, 0);
        waiting.send("40/slow,");
        server.runHandlers();
        var silent = server.openFrom(CROWD, 0);
        var left = joined(server, CROWD, 0);
        left.send("41");
        server.pass(Duration.ofSeconds(5));
        clients.addAll(List.of(away, polls, waiting, silent, left));
        assertThat(makesRoom(server, CROWD)).isTrue();
        assertThat(ended(clients)).containsExactly(95);
        refill(server, clients);
        assertThat(ended(clients)).containsExactly(95, 96);
        refill(server, clients);
        assertThat(ended(clients)).containsExactly(94, 95, 96);
        refill(server, clients);
        assertThat(ended(clients)).containsExactly(92, 94, 95, 96);
        refill(server, clients);
        assertThat(ended(clients)).containsExactly(1, 92, 94, 95, 96);
    }

    /** It may be about to join a namespace. */
    @Test
    void whoHasJustComeIsNotTheFirstThatGoes() {
        var server = server(1);
        var clients = new ArrayList<>(joined(server, CROWD, 0, 90));
        server.pass(Duration.ofMillis(1));
        for (int i = 0; i < 7; i++) {
            clients.add(server.openFrom(CROWD, 0));
        }
        server.pass(Duration.ofMillis(4_999));
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
        assertThat(ended(clients)).containsExactly(0, 1, 2, 3);
        clients.addAll(joined(server, CROWD, 0, 4));
        server.pass(Duration.ofMillis(1));
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
        assertThat(ended(clients)).containsExactly(0, 1, 2, 3, 90, 91, 92, 93);
    }

    @Test
    void ofFewOnManyLoopsFewGo() {
        var server = server(8);
        var clients = new ArrayList<HandClient>();
        for (int i = 0; i < 8; i++) {
            clients.add(joined(server, CROWD, i));
        }
        for (int i = 0; i < 89; i++) {
            joined(server, "203.0.113." + i, 0);
        }
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
        assertThat(ended(clients)).containsExactly(0);
    }

    private static void refill(HandServer server, List<HandClient> clients) {
        clients.add(joined(server, CROWD, 0));
        assertThat(makesRoom(server, CROWD)).isTrue();
    }

    @Test
    void theLastPartOfTheRoomIsForOthers() {
        var server = server(1);
        joined(server, CROWD, 0, 49);
        for (int i = 0; i < 48; i++) {
            joined(server, "203.0.113." + i, 0);
        }
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
        joined(server, CROWD, 0, 2);
        assertThat(makesRoom(server, CROWD)).isFalse();
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
    }

    /** As behind a Unix socket: then all clients are from there. */
    @Test
    void whereNoAddressIsKnownItIsTheLargest() {
        var server = server(1);
        var clients = joined(server, "", 0, 97);
        assertThat(makesRoom(server, "")).isTrue();
        assertThat(ended(clients)).isNotEmpty();
    }

    /** A GET that has just been answered was sent when it began to wait. */
    @Test
    void whoIsBetweenTwoPollsIsNotAway() {
        var server = server(1);
        var clients = new ArrayList<HandClient>();
        for (int i = 0; i < 100; i++) {
            clients.add(joined(server, "203.0.113." + i, 0));
        }
        for (var client : clients) {
            client.transport().collects = true;
            client.transport().writable = false;
        }
        server.pass(Duration.ofSeconds(20));
        makesRoom(server, NEWCOMER);
        assertThat(ended(clients)).isEmpty();
    }

    @Test
    void ifNoAddressHasFarMoreThoseGoThatDoNotPoll() {
        var server = server(1);
        var clients = new ArrayList<HandClient>();
        for (int i = 0; i < 100; i++) {
            clients.add(joined(server, "203.0.113." + i, 0));
        }
        assertThat(makesRoom(server, NEWCOMER)).isFalse();
        for (int i : List.of(7, 3)) {
            clients.get(i).transport().collects = true;
            clients.get(i).transport().writable = false;
        }
        clients.get(3).send("3");
        assertThat(makesRoom(server, NEWCOMER)).isFalse();
        server.pass(Duration.ofMillis(29_950));
        clients.get(3).send("3");
        server.pass(Duration.ofMillis(50));
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
        assertThat(ended(clients)).containsExactly(7);
    }

    /** Of 976 there may be 244 in no namespace: so many that wait for a middleware, and the others have not asked. */
    private static List<HandClient> strangers(HandServer server, int waiting) {
        var held = new CompletableFuture<Void>();
        server.namespace("/slow").useAsync(candidate -> held);
        var clients = new ArrayList<HandClient>();
        for (int i = 0; i < 244; i++) {
            clients.add(server.openFrom(CROWD, 0));
            if (i < waiting) {
                clients.get(i).send("40/slow,");
            }
        }
        server.runHandlers();
        assertThat(makesRoom(server, NEWCOMER)).isTrue();
        return clients;
    }

    @Test
    void whoWaitsForAMiddlewareStaysBeforeThoseThatHaveNotAsked() {
        var server = new HandServer(1, builder -> builder.memory(2_000_000, 10_000_000));
        assertThat(ended(strangers(server, 122))).containsExactly(122);
    }

    @Test
    void manyWhoWaitForAMiddlewareDoNotKeepOutWhoHasJustCome() {
        var server = new HandServer(1, builder -> builder.memory(2_000_000, 10_000_000));
        assertThat(ended(strangers(server, 123))).containsExactly(0);
    }

    @Test
    void whoIsRefusedWaitsNoMore() {
        var server = new HandServer(1, builder -> builder.memory(2_000_000, 10_000_000));
        server.namespace("/closed").use(candidate -> {
            throw new ConnectionRefused("no");
        });
        var refused = server.openFrom(CROWD, 0);
        refused.send("40/closed,");
        server.runHandlers();
        var clients = strangers(server, 0);
        assertThat(refused.isOpen()).isFalse();
        assertThat(ended(clients)).isEmpty();
    }
}
