package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.JsonOutput;
import io.sockeye.json.text.Placeholders;
import java.util.List;

/**
 * JSON text, its placeholders, and the attachments that these stand for. Placeholders are determined once, when the
 * text is written or received, so that data that merely looks like one is not taken for one.
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

    /** The attachment that the placeholder stands for. */
    Bytes attachment(int placeholder) {
        int num = placeholders.num(placeholder);
        if (num >= attachments.size()) {
            throw new JsonException("attachment %d is missing".formatted(num));
        }
        return attachments.get(num);
    }

    /** A copy that shares no memory with this one, without attachments that no placeholder refers to. */
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
