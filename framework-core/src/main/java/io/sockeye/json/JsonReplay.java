package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.Placeholders;
import io.sockeye.json.text.Strings;

/** Passes what a scanner finds to a sink, with the attachment in place of each placeholder. */
final class JsonReplay implements JsonScanner.Listener {
    private static final int NOWHERE = -1;

    private final Content content;
    private final ContainerSizes sizes;
    private final JsonSink sink;

    /** The next container's number. */
    private int container;

    /** The first placeholder that was not reached yet. */
    private int upcoming;

    /** The depth of the placeholder that the scanner is in, whose members are not passed on; NOWHERE outside of one. */
    private int hidden = NOWHERE;

    JsonReplay(Content content, ContainerSizes sizes, JsonSink sink) {
        this.content = content;
        this.sizes = sizes;
        this.sink = sink;
    }

    @Override
    public void opened(int depth, int start) {
        int size = sizes.of(container++);
        if (hidden != NOWHERE) {
            return;
        }
        Placeholders placeholders = content.placeholders();
        if (upcoming < placeholders.count() && placeholders.start(upcoming) == start) {
            sink.binary(content.attachment(upcoming++));
            hidden = depth;
        } else if (content.raw().at(start) == '{') {
            sink.beginObject(size);
        } else {
            sink.beginArray(size);
        }
    }

    @Override
    public void key(int depth, int from, int to) {
        if (hidden == NOWHERE) {
            sink.key(decoded(from, to));
        }
    }

    @Override
    public void scalar(int depth, int from, int to) {
        if (hidden != NOWHERE) {
            return;
        }
        Bytes raw = content.raw();
        switch (raw.at(from)) {
            case '"' -> sink.string(decoded(from, to));
            case 't' -> sink.bool(true);
            case 'f' -> sink.bool(false);
            case 'n' -> sink.nothing();
            default -> sink.number(raw.slice(from, to).utf8());
        }
    }

    @Override
    public void closed(int depth, int end) {
        if (hidden == NOWHERE) {
            sink.end();
        } else if (hidden == depth) {
            hidden = NOWHERE;
        }
    }

    private String decoded(int from, int to) {
        return Strings.decode(content.raw().slice(from, to).utf8());
    }
}
