package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.protocol.CloseReason;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Both sessions back to back, a thousand messages each way: packets are split into bodies and frames, delayed, and
 * overtake each other between the transports.
 */
class WireTest {
    private static final int SEEDS = 300;
    private static final int FEWER_SEEDS = 100;
    private static final int MESSAGES = 1_000;
    private static final int EMIT_MILLIS = 500;

    @Test
    void losesNothingDuringAnUpgrade() {
        forEachSeed(SEEDS, run -> {
            run.client.onOpen = () -> run.wire.at(soon(run, EMIT_MILLIS), run::probe);
            run.emit(MESSAGES, EMIT_MILLIS);
            run.runUntil(() -> run.client.upgraded && run.server.upgraded && allArrived(run));
            assertThat(run.client.upgraded && run.server.upgraded && allArrived(run))
                    .isTrue();
        });
    }

    @Test
    void losesNothingWhenTheProbeFails() {
        forEachSeed(FEWER_SEEDS, run -> {
            boolean silent = run.wire.random().nextBoolean();
            run.client.onOpen = () -> {
                run.probe();
                if (silent) {
                    run.silenceSocket();
                } else {
                    run.wire.at(soon(run, 30), () -> resetUnlessUpgraded(run));
                }
            };
            run.emit(MESSAGES, EMIT_MILLIS);
            run.runUntil(() -> allArrived(run));
            assertThat(allArrived(run)).isTrue();
        });
    }

    @Test
    void clientsCloseWithoutLoss() {
        forEachSeed(FEWER_SEEDS, run -> {
            run.client.onOpen = () -> {
                run.wire.at(soon(run, 100), run::probe);
                run.wire.at(soon(run, 300), run::closeClient);
            };
            run.emit(MESSAGES, 100);
            run.runUntil(() -> false);
            assertThat(run.server.received).isEqualTo(run.client.sent);
            assertThat(run.client.closeReason).isEqualTo(CloseReason.FORCED_CLOSE);
            assertThat(run.server.closeReason).isEqualTo(CloseReason.TRANSPORT_CLOSE);
        });
    }

    @Test
    void serversCloseWithoutLoss() {
        forEachSeed(FEWER_SEEDS, run -> {
            run.pingIntervalMillis = 60_000;
            run.client.onOpen = () -> {
                run.wire.at(soon(run, 100), run::probe);
                run.wire.at(soon(run, 300), run::closeServer);
            };
            run.emit(MESSAGES, 100);
            run.runUntil(() -> false);
            assertThat(run.client.received).isEqualTo(run.server.sent);
            // The refusal of a POST may overtake the goodbye.
            assertThat(run.client.closeReason).isIn(CloseReason.TRANSPORT_CLOSE, CloseReason.TRANSPORT_ERROR);
            assertThat(run.server.closeReason).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN);
        });
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesEndWhenTheWireBreaks(Breakage breakage) {
        Set<CloseReason> reasons = EnumSet.noneOf(CloseReason.class);
        forEachSeed(FEWER_SEEDS, run -> {
            run.client.onOpen = () -> run.wire.at(soon(run, 300), run::probe);
            run.emit(MESSAGES, EMIT_MILLIS);
            run.wire.at(run.wire.random().nextInt(600), () -> breakage.strike(run));
            run.runUntil(() -> run.wire.nowMillis() > 600 && allArrived(run) && noneClosed(run));
            if (run.client.closeReason != null) {
                assertThat(run.bothClosed()).isTrue();
                reasons.add(run.client.closeReason);
            }
            if (run.server.closeReason != null) {
                reasons.add(run.server.closeReason);
            }
        });
        assertThat(reasons)
                .isNotEmpty()
                .isSubsetOf(CloseReason.TRANSPORT_ERROR, CloseReason.TRANSPORT_CLOSE, CloseReason.PING_TIMEOUT);
    }

    private static void resetUnlessUpgraded(WireRun run) {
        if (!run.client.upgraded) {
            run.resetSocket();
        }
    }

    private static boolean allArrived(WireRun run) {
        return run.client.received == MESSAGES && run.server.received == MESSAGES;
    }

    private static boolean noneClosed(WireRun run) {
        return run.client.closeReason == null && run.server.closeReason == null;
    }

    private static long soon(WireRun run, int withinMillis) {
        return run.wire.nowMillis() + run.wire.random().nextInt(withinMillis);
    }

    private static void forEachSeed(int seeds, Consumer<WireRun> test) {
        for (int seed = 0; seed < seeds; seed++) {
            try {
                test.accept(new WireRun(new Random(seed)));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /** How a wire breaks. */
    enum Breakage {
        /** The WebSocket's connection, at whatever stage the upgrade is. */
        SOCKET_RESET {
            @Override
            void strike(WireRun run) {
                run.resetSocket();
            }
        },
        /** The WebSocket's connection, without anybody being told. */
        SOCKET_SILENT {
            @Override
            void strike(WireRun run) {
                run.silenceSocket();
            }
        },
        /** The HTTP connections. */
        POLLING_RESET {
            @Override
            void strike(WireRun run) {
                run.resetPolling();
            }
        },
        /** Everything, without anybody being told. */
        SILENCE {
            @Override
            void strike(WireRun run) {
                run.wire.fallSilent();
            }
        };

        abstract void strike(WireRun run);
    }
}
