package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void aLineIsSaidToTheRoomWithoutTheSpacesAroundIt() {
        assertThat(Command.parse("  Good morning, don't \"worry\" "))
                .isEqualTo(new Command.Say("Good morning, don't \"worry\""));
    }

    @Test
    void twoSlashesBeginAMessageThatBeginsWithOne() {
        assertThat(Command.parse("//etc is a folder")).isEqualTo(new Command.Say("/etc is a folder"));
    }

    @Test
    void anEmptyLineAsksForNothing() {
        assertThat(Command.parse("   ")).isEqualTo(new Command.Nothing());
    }

    @Test
    void whisperKeepsNameAndTextTogetherSinceNamesMayHaveSpaces() {
        assertThat(Command.parse("/whisper Ada Lovelace  hello")).isEqualTo(new Command.Tell("Ada Lovelace  hello"));
        assertThat(Command.parse("/w Ada hello")).isEqualTo(new Command.Tell("Ada hello"));
    }

    @Test
    void roomTakesANameWithSpaces() {
        assertThat(Command.parse("/room  the garden")).isEqualTo(new Command.Go("the garden"));
    }

    @Test
    void theOthersNeedNoMore() {
        assertThat(Command.parse("/who")).isEqualTo(new Command.Who());
        assertThat(Command.parse("/HELP")).isEqualTo(new Command.Help());
        assertThat(Command.parse("/quit now")).isEqualTo(new Command.Quit());
    }

    @Test
    void onlyQuitEndsTheVisit() {
        assertThat(Command.parse("/quit").isLast()).isTrue();
        assertThat(Command.parse("/who").isLast()).isFalse();
    }

    @Test
    void whatIsMissingIsAskedFor() {
        assertThat(Command.parse("/whisper"))
                .isEqualTo(new Command.Unclear("Whisper what to whom? /whisper NAME TEXT"));
        assertThat(Command.parse("/room ")).isEqualTo(new Command.Unclear("Which room? /room NAME"));
    }

    @Test
    void anUnknownCommandIsNotSaidToTheRoom() {
        assertThat(Command.parse("/dance"))
                .isEqualTo(new Command.Unclear("There is no /dance; /help tells what there is."));
    }
}
