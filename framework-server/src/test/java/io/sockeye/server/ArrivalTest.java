package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Budget;
import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.json.Json;
import io.sockeye.socket.SocketPacket;
import org.junit.jupiter.api.Test;

class ArrivalTest {
    private final Budget budget = new Budget(10_000);
    private final Backlog backlog = new Backlog(10, 5_000, budget);

    @Test
    void takesItsTextItsAttachmentsAndWhatItsObjectsTake() {
        var arguments = Json.standard().array("e", "abc", Bytes.wrap(new byte[100]));
        // ["e","abc",{"_placeholder":true,"num":0}], 100 bytes, 340.
        assertThat(Arrival.bytesOf(new SocketPacket.Event("/", SocketPacket.NO_ACK, arguments)))
                .isEqualTo(41 + 100 + 340);
    }

    @Test
    void isHeldUntilTheLastMailboxIsThroughWithIt() {
        var arrival = arrival();
        arrival.hold();
        arrival.release();
        assertThat(backlog.size()).isEqualTo(1);
        assertThat(backlog.bytes()).isEqualTo(300);
        assertThat(budget.heldBytes()).isEqualTo(300);
        arrival.release();
        assertThat(backlog.size()).isZero();
        assertThat(backlog.bytes()).isZero();
        assertThat(budget.heldBytes()).isZero();
    }

    @SuppressWarnings("NullAway") // Below its limits a backlog does not touch the connection.
    private Arrival arrival() {
        backlog.add(null, 300);
        return new Arrival("e", new Args(Json.standard().array(), Ack.NONE), 300, backlog);
    }
}
