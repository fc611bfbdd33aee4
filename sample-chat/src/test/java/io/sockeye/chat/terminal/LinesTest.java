package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.chat.Message;
import io.sockeye.chat.Person;
import io.sockeye.chat.Picture;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final long AT = Instant.parse("2026-01-02T12:31:59Z").toEpochMilli();
    private static final Person ANN = new Person("a", "Ann");
    private static final Person BOB = new Person("b", "Bob");

    private final Lines lines = new Lines(ZoneOffset.UTC);

    @Test
    void aMessageHasItsTimeAndName() {
        assertThat(lines.message(text("Good morning")).toString()).isEqualTo("12:31 Ann: Good morning");
    }

    @Test
    void theTimeIsThatOfThePlace() {
        assertThat(new Lines(ZoneOffset.ofHours(2)).message(text("hi")).toString())
                .startsWith("14:31 ");
    }

    @Test
    void aMessageOfMineIsMarkedAndTicked() {
        assertThat(lines.said("Good morning", AT).toString()).isEqualTo("12:31 You: Good morning ✓");
    }

    @Test
    void whispersStandApart() {
        var whisper = new Message("1", ANN, BOB, "psst", null, AT);

        assertThat(lines.message(whisper).toString()).isEqualTo("12:31 Ann whispers to you: psst");
        assertThat(lines.whispered(BOB, "psst", AT).toString()).isEqualTo("12:31 You whisper to Bob: psst ✓");
    }

    @Test
    void aPictureIsToldByNameAndSize() {
        assertThat(lines.message(picture(12_345)).toString()).isEqualTo("12:31 Ann: [picture cat.png, 12 kB]");
        assertThat(lines.message(picture(999)).toString()).isEqualTo("12:31 Ann: [picture cat.png, 999 bytes]");
    }

    @Test
    void furtherLinesOfAMessageStandBelowItsText() {
        assertThat(lines.message(text("one\r\ntwo\nthree")).toString())
                .isEqualTo("12:31 Ann: one\n      two\n      three");
    }

    @Test
    void nobodyElseSteersTheTerminal() {
        assertThat(lines.message(text("\u001b[2Jboo\u0007\ttab\u202Eknil")).toString())
                .isEqualTo("12:31 Ann: \uFFFD[2Jboo\uFFFD tab\uFFFDknil");
        assertThat(Lines.notice("\u001b[31mEve came").toString()).isEqualTo("* \uFFFD[31mEve came");
    }

    @Test
    void nobodyForgesLinesByAName() {
        var forger = new Message("1", new Person("e", "Eve\n12:32 Ann"), null, "boo", null, AT);
        assertThat(lines.message(forger).toString()).isEqualTo("12:31 Eve 12:32 Ann: boo");
        assertThat(Lines.notice("Eve\n12:32 Ann: boo came").toString()).isEqualTo("* Eve 12:32 Ann: boo came");
    }

    @Test
    void withoutStylesTheLinesSayTheSame() {
        assertThat(lines.said("hi", AT).toAnsi()).contains("\u001b[").contains("You:");
        assertThat(lines.said("hi", AT).toString()).doesNotContain("\u001b");
    }

    private static Message text(String text) {
        return new Message("1", ANN, null, text, null, AT);
    }

    private static Message picture(int bytes) {
        return new Message("1", ANN, null, null, new Picture("cat.png", "image/png", ByteBuffer.allocate(bytes)), AT);
    }
}
