package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.chat.Delivered;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private final Deliveries deliveries = new Deliveries();

    @Test
    void aMessageIsUnderwayUntilTheOthersHaveIt() {
        assertThat(deliveries.accepted("1")).isEmpty();
        assertThat(deliveries.settled()).isFalse();

        assertThat(deliveries.delivered(new Delivered("1", 2))).hasValue("✓✓ delivered to 2");
        assertThat(deliveries.settled()).isTrue();
    }

    @Test
    void theNewsMayOvertakeTheReceipt() {
        assertThat(deliveries.delivered(new Delivered("1", 2))).isEmpty();

        assertThat(deliveries.accepted("1")).hasValue("✓✓ delivered to 2");
        assertThat(deliveries.settled()).isTrue();
    }

    @Test
    void nothingIsSaidWhereNobodyElseIs() {
        deliveries.accepted("1");

        assertThat(deliveries.delivered(new Delivered("1", 0))).isEmpty();
        assertThat(deliveries.settled()).isTrue();
    }
}
