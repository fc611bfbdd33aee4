package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.chat.Delivered;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private final Deliveries deliveries = new Deliveries();

    @Test
    void aMessageIsUnderwayUntilAllOthersHaveIt() {
        assertThat(deliveries.accepted("1", 2)).isEmpty();
        assertThat(deliveries.delivered(new Delivered("1", 1))).isEmpty();
        assertThat(deliveries.settled()).isFalse();

        assertThat(deliveries.delivered(new Delivered("1", 2))).hasValue("✓✓ delivered to 2");
        assertThat(deliveries.settled()).isTrue();
    }

    @Test
    void theNewsMayOvertakeTheReceipt() {
        assertThat(deliveries.delivered(new Delivered("1", 1))).isEmpty();
        assertThat(deliveries.delivered(new Delivered("1", 2))).isEmpty();

        assertThat(deliveries.accepted("1", 2)).hasValue("✓✓ delivered to 2");
        assertThat(deliveries.settled()).isTrue();
    }

    @Test
    void whoeverWasAwayAndIsBackIsNewsAsWell() {
        deliveries.accepted("1", 1);
        deliveries.delivered(new Delivered("1", 1));

        assertThat(deliveries.delivered(new Delivered("1", 2))).hasValue("✓✓ delivered to 2");
    }

    @Test
    void nothingIsSaidWhereNobodyElseIs() {
        assertThat(deliveries.accepted("1", 0)).isEmpty();
        assertThat(deliveries.settled()).isTrue();
    }

    @Test
    void aMessageWhoseReceiptIsLostKeepsNobodyWaiting() {
        deliveries.delivered(new Delivered("1", 1));

        assertThat(deliveries.settled()).isTrue();
    }

    @Test
    void somebodyNewHearsNothingMoreOfOlderMessages() {
        deliveries.accepted("1", 1);
        deliveries.clear();

        assertThat(deliveries.settled()).isTrue();
    }
}
