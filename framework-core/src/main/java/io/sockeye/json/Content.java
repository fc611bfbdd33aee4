package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.JsonOutput;
import io.sockeye.json.text.Placeholders;
import java.util.List;

/**
 * JSON text, where it refers to attachments, and those. Data that merely looks like a placeholder is not among them: what
 * is one was decided when the text was written or received, and is never guessed again.
 */
record Content(Bytes raw, Placeholders placeholders, List<Bytes> attachments) {
    Content {
        attachments = List.copyOf(attachments);
    }

    /** Text without attachments. */
    static Content of(Bytes raw) {
        return new Content(raw, Placeholders.NONE, List.of());
    }

    Content withAttachments(List<Bytes> received) {
        return new Content(raw, placeholders, received);
    }

    /** A part of the text, with all attachments. */
    Content within(int from, int to) {
        return new Content(raw.slice(from, to), placeholders.within(from, to), attachments);
    }

    /** What the placeholder stands for. */
    Bytes attachment(int placeholder) {
        int num = placeholders.num(placeholder);
        if (num >= attachments.size()) {
            throw new JsonException("attachment %d is missing".formatted(num));
        }
        return attachments.get(num);
    }

    /** The same in memory of its own, without attachments that no placeholder names. */
    Content copy() {
        var attachments = new Attachments();
        var output = new JsonOutput();
        attachments.add(this, output);
        return attachments.of(output.toBytes()).withOwnAttachments();
    }

    private Content withOwnAttachments() {
        return withAttachments(attachments.stream()
                .map(attachment -> Bytes.copyOf(attachment.asByteBuffer()))
                .toList());
    }

    void writeTo(JsonSink sink) {
        var sizes = new ContainerSizes();
        JsonScanner.walk(raw, sizes);
        JsonScanner.walk(raw, new JsonReplay(this, sizes, sink));
    }
}
