package io.sockeye.server.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.Handshake;
import io.sockeye.server.Sockets;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.SessionClaim;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.rooms.Loops;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final ConnectionStateRecovery SETTINGS = ConnectionStateRecovery.within(Duration.ofMinutes(1));

    private final Recovery recovery = new Recovery(SETTINGS, Sockets.CONTEXT, new Loops(), null);

    @Test
    void anOffsetStandsForANumberOfThisServerOnly() {
        String offset = recovery.order().offset(1_234_567);
        assertThat(recovery.order().number(offset)).isEqualTo(1_234_567);
        assertThat(new Recovery(SETTINGS, Sockets.CONTEXT, new Loops(), null)
                        .order()
                        .number(offset))
                .isNegative();
        for (var text : Arrays.asList(null, "", "a string", offset + "!", offset + "zzzzzzzzzzzzz", "." + offset)) {
            assertThat(recovery.order().number(text)).isNegative();
        }
    }

    /** Sent right behind a ping, whose pong takes 20 s; another ping 25 s later, which is given up after 20 s; and a minute away. */
    @Test
    void keepsWhatNoPongHasConfirmedBeforeTheClientWasAway() {
        var event = new SocketPacket.Event(
                "/", SocketPacket.NO_ACK, Sockets.CONTEXT.json().array("news"));
        recovery.log()
                .append(
                        0,
                        number -> new LogEntry.Sent(
                                "/", Target.ALL, Outgoing.logged(event, Flags.NONE, Sockets.CONTEXT, "offset")),
                        (number, entry) -> {});
        recovery.log().trim(60_000 + 20_000 + 25_000 + 20_000);
        assertThat(recovery.log().size()).isEqualTo(1);
        recovery.log().trim(60_000 + 20_000 + 25_000 + 20_000 + 1);
        assertThat(recovery.log().size()).isZero();
    }

    @Test
    void anEventThatIsKeptHasAnOffsetBehindItsArguments() {
        var event = new SocketPacket.Event(
                "/", SocketPacket.NO_ACK, Sockets.CONTEXT.json().array("news", 1));
        var kept = Outgoing.logged(event, Flags.NONE, Sockets.CONTEXT, "offset");
        assertThat(kept.packets().get(0).data().utf8()).isEqualTo("2[\"news\",1,\"offset\"]");
        assertThat(kept.event().arguments().raw().utf8()).isEqualTo("[\"news\",1]");
        assertThat(Outgoing.of(event, Flags.NONE, Sockets.CONTEXT)
                        .packets()
                        .get(0)
                        .data()
                        .utf8())
                .isEqualTo("2[\"news\",1]");
    }

    @Test
    void aWishNamesASession() {
        assertThat(wish("{\"pid\":\"p\",\"offset\":\"o\"}")).isEqualTo(new SessionClaim("p", "/side", "o"));
        assertThat(wish("{\"pid\":\"p\",\"token\":1}")).isEqualTo(new SessionClaim("p", "/side", null));
        assertThat(wish("{\"pid\":\"p\",\"offset\":null}")).isEqualTo(new SessionClaim("p", "/side", null));
    }

    @Test
    void whatDoesNotFitIsNoWish() {
        assertThat(wish("{}")).isNull();
        assertThat(wish("{\"offset\":\"o\"}")).isNull();
        assertThat(wish("{\"pid\":1,\"offset\":\"o\"}")).isNull();
        assertThat(wish("{\"pid\":\"p\",\"offset\":1}")).isNull();
        assertThat(wish("{\"pid\":\"p\",\"n\":" + "1".repeat(2_000) + "}"))
                .isEqualTo(new SessionClaim("p", "/side", null));
    }

    private static @Nullable SessionClaim wish(String auth) {
        var decoder = Parser.standard().decoder(Sockets.CONTEXT.json(), SocketLimits.DEFAULT);
        var packet = (SocketPacket.Connect) decoder.receive(EnginePacket.message(Bytes.ofUtf8("0" + auth)));
        var request = new HttpRequest("GET", "/socket.io/", List.of(), "127.0.0.1", false, Bytes.EMPTY);
        var payload = Objects.requireNonNull(Objects.requireNonNull(packet).payload());
        return Recovery.claim("/side", new Handshake(request, payload, Instant.EPOCH));
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
