package io.sockeye.server.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.Rejection;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinedRoomsTest {
    private long charged;
    private final JoinedRooms joined = new JoinedRooms(Set.of(), more -> charged += more);

    @Test
    void holdsWhatWasAddedAndNotRemoved() {
        joined.add("red", 10);
        joined.add("blue", 10);
        joined.remove("red");
        joined.remove("green");
        assertThat(joined.with("me")).containsExactlyInAnyOrder("me", "blue");
    }

    @Test
    void theShardFollowsEachChangeInItsTurn() {
        joined.add("red", 10);
        joined.remove("red");
        joined.add("red", 10);
        assertThat(joined.follow("red", true)).isTrue();
        assertThat(joined.follow("red", false)).isFalse();
        assertThat(joined.follow("red", true)).isTrue();
    }

    @Test
    void inWhateverOrderTheShardFollowsBothAgreeInTheEnd() {
        joined.add("red", 10);
        joined.add("blue", 10);
        joined.remove("red");
        assertThat(joined.follow("red", false)).isFalse();
        assertThat(joined.follow("blue", true)).isTrue();
        assertThat(joined.follow("red", true)).isFalse();
        assertThat(joined.with("me")).containsExactlyInAnyOrder("me", "blue");
    }

    @Test
    void whatTheShardChangesItselfIsBeforeWhatItHasStillToFollow() {
        joined.remove("red");
        joined.set("red", true);
        assertThat(joined.follow("red", false)).isFalse();
        joined.set("red", true);
        assertThat(joined.with("me")).containsExactlyInAnyOrder("me", "red");
        joined.set("red", false);
        assertThat(joined.with("me")).containsExactly("me");
    }

    @Test
    void hasRoomForSoManyAndForThoseThatItHas() {
        joined.add("red", 1);
        joined.add("red", 1);
        assertThatThrownBy(() -> joined.add("blue", 1))
                .isInstanceOf(Rejection.class)
                .hasMessage("too many rooms");
        assertThat(joined.with("me")).containsExactlyInAnyOrder("me", "red");
        joined.remove("red");
        assertThat(joined.add("blue", 1)).isTrue();
    }

    @Test
    void eachRoomIsChargedOnceAsLongAsSomebodyMayAskForIt() {
        joined.add("red", 10);
        joined.add("red", 10);
        joined.set("blau", true);
        assertThat(charged).isEqualTo(443 + 444);
        joined.remove("red");
        joined.remove("green");
        assertThat(charged).isEqualTo(444);
        joined.add("слово", 10);
        assertThat(charged).isEqualTo(444 + 450);
        joined.close();
        assertThat(charged).isEqualTo(444 + 450);
        joined.forget();
        joined.forget();
        joined.add("red", 10);
        joined.remove("blau");
        assertThat(charged).isZero();
    }

    @Test
    void roomsFromTheBeginningAreChargedToo() {
        var rooms = new JoinedRooms(Set.of("red", "blue"), more -> charged += more);
        assertThat(charged).isEqualTo(443 + 444);
        rooms.forget();
        assertThat(charged).isZero();
    }

    @Test
    void alwaysShowsTheOwnRoom() {
        assertThat(joined.with("me")).containsExactly("me");
        joined.add("red", 10);
        joined.add("me", 10);
        assertThat(joined.with("me")).containsExactlyInAnyOrder("me", "red");
    }

    @Test
    void nothingHasToBeFollowedWhenTheClientIsGone() {
        assertThat(joined.add("red", 10)).isTrue();
        assertThat(joined.close()).containsExactly("red");
        assertThat(joined.add("blue", 10)).isFalse();
        assertThat(joined.remove("red")).isFalse();
        assertThat(joined.with("me")).containsExactlyInAnyOrder("me", "blue");
    }

    @Test
    void showsASnapshotThatNobodyCanChange() {
        var before = joined.with("me");
        joined.add("red", 10);
        assertThat(before).containsExactly("me");
        assertThatThrownBy(() -> before.add("blue")).isInstanceOf(UnsupportedOperationException.class);
    }
}
