package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EnginePacket;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.socket.Parser;
import io.sockeye.socket.SocketLimits;
import io.sockeye.socket.SocketPacket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final ConnectionStateRecovery SETTINGS = ConnectionStateRecovery.within(Duration.ofMinutes(1));

    private final Recovery recovery = new Recovery(SETTINGS);
    private final Socket ann = Sockets.unconnected("ann");

    @Test
    @DisplayName("#4880: a session is given to one client at a time, and may be given again")
    void aSessionIsGivenToOneAtATime() {
        recovery.add(ann, "secret");
        assertThat(claim("secret", "/")).isEqualTo(Claim.of(ann));
        var asked = new ArrayList<String>();
        assertThat(recovery.claim("secret", "/", () -> asked.add("again"))).isSameAs(Claim.LATER);
        recovery.add(ann, "secret");
        assertThat(asked).isEmpty();
        recovery.settled("secret");
        assertThat(asked).containsExactly("again");
        assertThat(claim("secret", "/")).isEqualTo(Claim.of(ann));
        recovery.settled("secret");
        assertThat(claim("secret", "/")).isSameAs(Claim.NOBODY);
    }

    @Test
    void aSessionOfAnotherNamespaceIsNotGiven() {
        recovery.add(ann, "secret");
        assertThat(claim("secret", "/admin")).isSameAs(Claim.NOBODY);
        assertThat(claim("secret", "/")).isEqualTo(Claim.of(ann));
    }

    @Test
    void whoIsAwayCountsUntilItIsClaimedOrHasEnded() {
        recovery.add(ann, "a");
        var bob = Sockets.unconnected("bob");
        recovery.add(bob, "b");
        recovery.suspended(ann, "a");
        recovery.suspended(bob, "b");
        assertThat(recovery.absentSessions()).isEqualTo(2);
        claim("a", "/");
        recovery.remove(bob, "b");
        assertThat(recovery.absentSessions()).isZero();
        assertThat(claim("b", "/")).isSameAs(Claim.NOBODY);
    }

    @Test
    void whoWasClaimedBeforeItWasAwayIsNotRemembered() {
        recovery.add(ann, "secret");
        claim("secret", "/");
        recovery.suspended(ann, "secret");
        assertThat(recovery.absentSessions()).isZero();
    }

    @Test
    void theEndOfAnOldSocketDoesNotEndTheSessionOfTheNew() {
        recovery.add(ann, "secret");
        claim("secret", "/");
        var again = Sockets.unconnected("ann");
        recovery.add(again, "secret");
        recovery.remove(ann, "secret");
        recovery.settled("secret");
        assertThat(claim("secret", "/")).isEqualTo(Claim.of(again));
    }

    private Claim claim(String pid, String namespace) {
        return recovery.claim(pid, namespace, () -> {});
    }

    @Test
    void noTwoOffsetsAreTheSameNotEvenOfTwoServers() {
        var other = new Recovery(SETTINGS);
        var offsets = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            offsets.add(recovery.nextOffset());
            offsets.add(other.nextOffset());
        }
        assertThat(offsets).hasSize(200);
    }

    @Test
    void onlyEventsThatAreKeptHaveAnOffset() {
        var context = new ServerContext(
                SocketServer.builder().connectionStateRecovery(SETTINGS), HandlerExecutor.of(Runnable::run));
        assertThat(offset(SocketPacket.NO_ACK, Flags.NONE, context)).isNotNull();
        assertThat(offset(SocketPacket.NO_ACK, Flags.NONE.asDroppable(), context))
                .isNull();
        assertThat(offset(7, Flags.NONE, context)).isNull();
        assertThat(offset(SocketPacket.NO_ACK, Flags.NONE, Sockets.CONTEXT)).isNull();
    }

    private static @Nullable String offset(long ackId, Flags flags, ServerContext context) {
        var event = new SocketPacket.Event("/", ackId, context.json().array("news", 1));
        var outgoing = Outgoing.of(event, flags, context);
        String offset = outgoing.offset();
        var last = outgoing.packets().get(0).data().utf8();
        assertThat(last).endsWith(offset == null ? "[\"news\",1]" : "[\"news\",1,\"" + offset + "\"]");
        return offset;
    }

    @Test
    void aWishNamesASession() {
        assertThat(wish("{\"pid\":\"p\",\"offset\":\"o\"}")).isEqualTo(new RecoveryWish("p", "o"));
        assertThat(wish("{\"pid\":\"p\",\"token\":1}")).isEqualTo(new RecoveryWish("p", null));
        assertThat(wish("{\"pid\":\"p\",\"offset\":null}")).isEqualTo(new RecoveryWish("p", null));
    }

    @Test
    void whatDoesNotFitIsNoWish() {
        assertThat(wish("{}")).isNull();
        assertThat(wish("{\"offset\":\"o\"}")).isNull();
        assertThat(wish("{\"pid\":1,\"offset\":\"o\"}")).isNull();
        assertThat(wish("{\"pid\":\"p\",\"offset\":1}")).isNull();
        assertThat(wish("{\"pid\":\"p\",\"n\":" + "1".repeat(2_000) + "}")).isEqualTo(new RecoveryWish("p", null));
    }

    private static @Nullable RecoveryWish wish(String auth) {
        var decoder = Parser.standard().decoder(Sockets.CONTEXT.json(), SocketLimits.DEFAULT);
        var packet = (SocketPacket.Connect) decoder.receive(EnginePacket.message(Bytes.ofUtf8("0" + auth)));
        var request = new HttpRequest("GET", "/socket.io/", List.of(), "127.0.0.1", false, Bytes.EMPTY);
        var payload = Objects.requireNonNull(Objects.requireNonNull(packet).payload());
        return RecoveryWish.of(new Handshake(request, payload, Instant.EPOCH));
    }

    @Test
    void limitsThatAreNoneAreRefused() {
        for (var wrong : Set.<Runnable>of(
                () -> ConnectionStateRecovery.within(Duration.ofMillis(-1)),
                () -> SETTINGS.maxSessions(0),
                () -> SETTINGS.maxPackets(0),
                () -> SETTINGS.maxBytes(0))) {
            assertThatThrownBy(wrong::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("recovery: maxDisconnectionDuration ");
        }
        assertThat(SETTINGS.skipMiddlewares(false).skipMiddlewares()).isFalse();
    }
}
