package io.sockeye.server.internal.netty.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class HandshakesTest {
    private final List<Runnable> threads = new ArrayList<>();
    private final List<String> computed = new ArrayList<>();

    private void runThread() {
        threads.remove(0).run();
    }

    private Runnable add(Handshakes handshakes, String address, String name) {
        return handshakes.add(address, () -> computed.add(name));
    }

    @Test
    void addressesTakeTurnsAndOfEachTheNewestAndTheOldest() {
        var handshakes = new Handshakes(threads::add, 1);
        for (var name : List.of("a1", "a2", "a3", "b1", "a4", "c1", "c2")) {
            add(handshakes, name.substring(0, 1), name);
        }
        runThread();
        assertThat(computed).containsExactly("a4", "b1", "c2", "a1", "c1", "a3", "a2");
        assertThat(threads).isEmpty();
    }

    @Test
    void noMoreThreadsAreBusyThanMayBe() {
        var handshakes = new Handshakes(threads::add, 2);
        for (var name : List.of("a", "b", "c")) {
            add(handshakes, name, name);
        }
        assertThat(threads).hasSize(2);
        runThread();
        add(handshakes, "d", "d");
        assertThat(threads).hasSize(2);
        runThread();
        assertThat(computed).containsExactly("a", "b", "c", "d");
    }

    @Test
    void whatAPeerThatHasGoneWantedIsNotComputedAndTakesNothing() {
        var handshakes = new Handshakes(threads::add, 1);
        var forget = handshakes.add("a", () -> computed.add("gone"));
        add(handshakes, "a", "there");
        forget.run();
        runThread();
        assertThat(computed).containsExactly("there");
    }

    @Test
    void anErrorDoesNotTakeAThreadsPlaceForEver() {
        var handshakes = new Handshakes(
                task -> threads.add(() -> {
                    try {
                        task.run();
                    } catch (OutOfMemoryError e) {
                        computed.add("no memory");
                    }
                }),
                1);
        var address = new Object() {
            private boolean full;

            @Override
            public int hashCode() {
                if (full) {
                    throw new OutOfMemoryError("as where it is put back");
                }
                return 1;
            }
        };
        handshakes.add(address, () -> computed.add("a1"));
        handshakes.add(address, () -> {
            address.full = true;
            computed.add("a2");
        });
        handshakes.add(address, () -> computed.add("a3"));
        assertThat(threads).hasSize(1);
        address.full = true;
        runThread();
        address.full = false;
        add(handshakes, "b", "b");
        assertThat(threads).as("there is a place again").hasSize(1);
    }

    @Test
    void oneThatFailsStopsNoOther() {
        var handshakes = new Handshakes(threads::add, 1);
        handshakes.add("a", () -> {
            throw new RejectedExecutionException("the loop has ended");
        });
        add(handshakes, "b", "b");
        runThread();
        assertThat(computed).containsExactly("b");
    }

    @Test
    void afterTheStopNothingIsComputed() {
        var handshakes = new Handshakes(threads::add, 2);
        handshakes.add("a", () -> {
            computed.add("a1");
            handshakes.stop();
        });
        add(handshakes, "a", "a2");
        add(handshakes, "b", "b");
        runThread();
        runThread();
        add(handshakes, "a", "late").run();
        assertThat(computed).containsExactly("a2", "b", "a1");
        assertThat(threads).isEmpty();
    }

    @Test
    void peersOfOneSiteHaveOneTurn() throws Exception {
        assertThat(at("192.0.2.1", 1)).isEqualTo(at("192.0.2.1", 2)).isNotEqualTo(at("192.0.2.2", 1));
        assertThat(at("2001:db8:1:2::3", 1)).isEqualTo(at("2001:db8:1:4::5", 2)).isNotEqualTo(at("2001:db8:2::", 1));
        assertThat(Handshakes.addressOf(null)).isEqualTo("");
    }

    private static Object at(String address, int port) throws Exception {
        return Handshakes.addressOf(new InetSocketAddress(InetAddress.getByName(address), port));
    }
}
