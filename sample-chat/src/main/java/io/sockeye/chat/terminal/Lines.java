package io.sockeye.chat.terminal;

import io.sockeye.chat.Message;
import io.sockeye.chat.Person;
import io.sockeye.chat.Picture;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** How what happens looks, as lines. */
final class Lines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
    private static final AttributedStyle OWN = AttributedStyle.BOLD.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle OTHER = AttributedStyle.BOLD.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle PRIVATE = AttributedStyle.BOLD.foreground(AttributedStyle.MAGENTA);
    private static final AttributedStyle PROBLEM = AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);

    /** What others send must not steer the terminal: control characters, and such as turn the direction of writing. */
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069&&[^\\n]]");

    /** Lines after the first stand below its text. */
    private static final String INDENT = "\n      ";

    private final ZoneId zone;

    Lines(ZoneId zone) {
        this.zone = zone;
    }

    /** What somebody else said, showed or whispered, or what I did earlier. */
    AttributedString message(Message message) {
        Person to = message.to();
        return to == null
                ? line(message.at(), OTHER, message.from().name(), body(message), "")
                : line(message.at(), PRIVATE, message.from().name() + " whispers to you", body(message), "");
    }

    /** What I said, now that the server has it. */
    AttributedString said(String text, long at) {
        return line(at, OWN, "You", text, " ✓");
    }

    /** What I whispered, now that the server has it. */
    AttributedString whispered(Person to, String text, long at) {
        return line(at, PRIVATE, "You whisper to " + to.name(), text, " ✓");
    }

    /** What the chat itself has to say. */
    static AttributedString notice(String text) {
        return new AttributedString("* " + name(text), FAINT);
    }

    /** What went wrong. */
    static AttributedString problem(String text) {
        return new AttributedString("! " + name(text), PROBLEM);
    }

    private AttributedString line(long at, AttributedStyle style, String who, String text, String mark) {
        return new AttributedStringBuilder()
                .styled(FAINT, TIME.format(Instant.ofEpochMilli(at).atZone(zone)))
                .append(" ")
                .styled(style, name(who) + ":")
                .append(" ")
                .append(clean(text).replace("\n", INDENT))
                .styled(FAINT, mark)
                .toAttributedString();
    }

    private static String body(Message message) {
        Picture picture = message.picture();
        return picture == null ? Objects.requireNonNullElse(message.text(), "") : picture(picture);
    }

    private static String picture(Picture picture) {
        var data = picture.data();
        return "[picture " + picture.name() + ", " + size(data == null ? 0 : data.remaining()) + "]";
    }

    private static String size(int bytes) {
        return bytes < 1000 ? bytes + " bytes" : Math.round(bytes / 1000.0) + " kB";
    }

    /** On one line: nobody shall forge lines of others by a name. */
    static String name(String text) {
        return clean(text).replace('\n', ' ');
    }

    private static String clean(String text) {
        return STEERING.matcher(text.replace("\r\n", "\n").replace('\t', ' ')).replaceAll("\uFFFD");
    }
}
