package io.sockeye.server.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import org.junit.jupiter.api.Test;

class RoomMemoryTest {
    private final Budget budget = new Budget(1);
    private final RoomMemory memory = new RoomMemory(budget);

    @Test
    void aFewRoomsAreFree() {
        memory.add(16_384);
        assertThat(budget.heldBytes()).isZero();
        memory.add(1_000);
        memory.add(500);
        assertThat(budget.heldBytes()).isEqualTo(1_500);
        assertThat(memory.chargedBytes()).isEqualTo(1_500);
        memory.add(-17_000);
        assertThat(budget.heldBytes()).isZero();
        memory.add(20_000);
        memory.add(-20_884);
        assertThat(budget.heldBytes()).isZero();
    }
}
