package io.sockeye.server.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An answer that goes on, over a host in memory whose peers take two parts ahead. */
class StreamTest {
    private final MemoryHost host = new MemoryHost(1);
    private final Pump pump = new Pump(Bytes.ofUtf8("a"), 5);

    @AfterEach
    void end() {
        host.loops().forEach(MemoryLoop::end);
    }

    @Test
    void goesOnAsThePeerTakesIt() throws Exception {
        host.start(pump);
        var stream = host.get(0, "/").stream();
        for (int taken = 0; taken < 5; taken++) {
            assertThat(stream.onLoop(stream.parts::size)).isEqualTo(Math.min(2, 5 - taken));
            assertThat(stream.onLoop(stream::take)).isEqualTo("a");
        }
        assertThat(stream.onLoop(() -> stream.ended)).isTrue();
        assertThat(pump.pauses()).isEqualTo(3);
    }

    @Test
    void tellsThatThePeerHasLeft() throws Exception {
        host.start(pump);
        var exchange = host.get(0, "/");
        exchange.stream();
        exchange.leave();
        pump.abandoned.get(20, TimeUnit.SECONDS);
    }
}
