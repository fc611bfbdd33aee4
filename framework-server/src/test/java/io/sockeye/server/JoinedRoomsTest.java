package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JoinedRoomsTest {
    private final JoinedRooms joined = new JoinedRooms();

    @Test
    void holdsWhatWasAddedAndNotRemoved() {
        joined.add("red");
        joined.add("blue");
        joined.remove("red");
        joined.remove("green");
        assertThat(joined.with("me")).containsExactlyInAnyOrder("me", "blue");
    }

    @Test
    void theShardFollowsEachChangeInItsTurn() {
        int first = joined.add("red");
        int second = joined.remove("red");
        int third = joined.add("red");
        assertThat(joined.follow("red", true, first)).isTrue();
        assertThat(joined.follow("red", false, second)).isFalse();
        assertThat(joined.follow("red", true, third)).isTrue();
    }

    @Test
    void inWhateverOrderTheShardFollowsBothAgreeInTheEnd() {
        int first = joined.add("red");
        int other = joined.add("blue");
        int second = joined.remove("red");
        assertThat(joined.follow("red", false, second)).isFalse();
        assertThat(joined.follow("blue", true, other)).isTrue();
        assertThat(joined.follow("red", true, first)).isFalse();
        assertThat(joined.with("me")).containsExactlyInAnyOrder("me", "blue");
    }

    @Test
    void alwaysShowsTheOwnRoom() {
        assertThat(joined.with("me")).containsExactly("me");
        joined.add("red");
        joined.add("me");
        assertThat(joined.with("me")).containsExactlyInAnyOrder("me", "red");
    }

    @Test
    void theShardFollowsNothingFromBeforeTheClientCameBack() {
        int before = joined.add("red");
        joined.comeBack(rooms -> rooms.add("blue"));
        int after = joined.remove("red");
        assertThat(joined.follow("red", true, before)).isNull();
        assertThat(joined.follow("red", false, after)).isFalse();
        assertThat(joined.names()).containsExactly("blue");
    }

    @Test
    void showsASnapshotThatNobodyCanChange() {
        var before = joined.with("me");
        joined.add("red");
        assertThat(before).containsExactly("me");
        assertThatThrownBy(() -> before.add("blue")).isInstanceOf(UnsupportedOperationException.class);
    }
}
