package io.sockeye.server.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void collectsRoomsAndExceptions() {
        var target = Target.ALL
                .to(List.of("a", "b"))
                .to(List.of("b", "c"))
                .except(List.of("x"))
                .except(List.of("y"));
        assertThat(target.rooms()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(target.except()).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void isNotChangedByWhatIsMadeOfIt() {
        var target = Target.ALL.to(List.of("a"));
        target.to(List.of("b"));
        target.except(List.of("c"));
        assertThat(target).isEqualTo(new Target(Set.of("a"), Set.of()));
        assertThat(Target.ALL).isEqualTo(new Target(Set.of(), Set.of()));
    }

    @Test
    void keepsNoSetOfItsCaller() {
        var rooms = new HashSet<>(Set.of("a"));
        var target = new Target(rooms, Set.of());
        rooms.add("b");
        assertThat(target.rooms()).containsExactly("a");
        assertThatThrownBy(() -> target.rooms().add("c")).isInstanceOf(UnsupportedOperationException.class);
    }
}
