package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.chat.Person;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Person ME = new Person("me000000", "Ann");
    private static final Person BOB = new Person("bob00000", "Bob");
    private static final Person OTHER_BOB = new Person("bob11111", "Bob");
    private static final Person ADA = new Person("ada00000", "Ada");
    private static final Person LOVELACE = new Person("ada11111", "Ada Lovelace");

    private final Roster roster = new Roster();

    @BeforeEach
    void arrive() {
        roster.recognize(ME);
        roster.enter(List.of(ME));
    }

    @Test
    void saysWhoCameAndWhoLeft() {
        assertThat(roster.update(List.of(ME, ADA, BOB))).containsExactly("Ada came", "Bob came");
        assertThat(roster.update(List.of(ME, BOB))).containsExactly("Ada left");
    }

    @Test
    void whoeverComesBackUnderTheSameIdIsNotNew() {
        roster.update(List.of(ME, BOB));
        assertThat(roster.update(List.of(ME))).containsExactly("Bob left");

        assertThat(roster.update(List.of(ME, BOB))).containsExactly("Bob is back");
        assertThat(roster.update(List.of(ME, BOB, OTHER_BOB))).containsExactly("Bob came");
    }

    @Test
    void mySelfFromBeforeABreakIsNoNews() {
        var again = new Person("me111111", "Ann");
        roster.recognize(again);
        roster.enter(List.of(ME, again));

        assertThat(roster.update(List.of(again))).isEmpty();
    }

    @Test
    void marksMeAndTellsPeopleOfOneNameApart() {
        roster.enter(List.of(ME, BOB, OTHER_BOB));

        assertThat(roster.everybody()).isEqualTo("Ann (you), Bob#bob0, Bob#bob1");
        assertThat(roster.others()).containsExactly("Bob#bob0", "Bob#bob1");
        assertThat(roster.address("Bob#bob1 psst")).isEqualTo(new Roster.Addressed(OTHER_BOB, "psst"));
    }

    @Test
    void aWhisperIsForTheLongestNameThatFits() {
        roster.enter(List.of(ME, ADA, LOVELACE));

        assertThat(roster.address("ada lovelace  hello there"))
                .isEqualTo(new Roster.Addressed(LOVELACE, "hello there"));
        assertThat(roster.address("Ada love")).isEqualTo(new Roster.Addressed(ADA, "love"));
    }

    @Test
    void aWhisperToNobodyIsRefused() {
        roster.enter(List.of(ME, ADA));

        assertThatThrownBy(() -> roster.address("Adam hello"))
                .isInstanceOf(Refused.class)
                .hasMessage("Nobody here has such a name. There are: Ada.");
        assertThatThrownBy(() -> roster.address("Ann hello")).isInstanceOf(Refused.class);
    }

    @Test
    void aWhisperWithoutTextIsRefused() {
        roster.enter(List.of(ME, ADA));

        assertThatThrownBy(() -> roster.address("Ada "))
                .isInstanceOf(Refused.class)
                .hasMessage("Whisper what? /whisper Ada TEXT");
    }
}
