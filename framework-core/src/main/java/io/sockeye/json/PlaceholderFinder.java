package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.Placeholders;
import io.sockeye.json.text.Scalars;
import io.sockeye.json.text.Strings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the placeholders while a scanner walks through a JSON text, and checks that each attachment has at most one. */
final class PlaceholderFinder implements JsonScanner.Listener {
    private static final String MARK = "\"_placeholder\"";
    private static final String NUM = "\"num\"";

    private final Bytes text;
    private final int attachments;

    /**
     * Frames of the open objects and arrays, outermost first; those of a greater depth are closed and will be reused.
     */
    private final List<Frame> frames = new ArrayList<>();

    private final int[] starts;
    private final int[] ends;
    private final int[] nums;
    private int found;

    PlaceholderFinder(Bytes text, int attachments) {
        this.text = text;
        this.attachments = attachments;
        starts = new int[attachments];
        ends = new int[attachments];
        nums = new int[attachments];
    }

    @Override
    public void opened(int depth, int start) {
        if (depth == frames.size()) {
            frames.add(new Frame());
        }
        frames.get(depth).reset(start);
    }

    @Override
    public void key(int depth, int from, int to) {
        Frame frame = frames.get(depth);
        frame.members++;
        frame.key = is(MARK, from, to) ? Key.MARK : is(NUM, from, to) ? Key.NUM : Key.OTHER;
    }

    @Override
    public void scalar(int depth, int from, int to) {
        Frame frame = frames.get(depth);
        switch (frame.key) {
            case MARK -> frame.marked = text.at(from) == 't';
            case NUM -> frame.num = number(from, to);
            case OTHER -> {}
        }
    }

    @Override
    public void closed(int depth, int end) {
        Frame frame = frames.get(depth);
        if (!frame.marked) {
            return;
        }
        if (frame.members != 2 || frame.num < 0 || frame.num >= attachments || found == attachments) {
            throw JsonException.malformed(
                    "placeholder %d, attachments %d: %s".formatted(found, attachments, text.slice(frame.start, end)));
        }
        starts[found] = frame.start;
        ends[found] = end;
        nums[found] = frame.num;
        found++;
    }

    /** The placeholders, once the text has ended. Attachments without a placeholder are allowed. */
    Placeholders placeholders() {
        var seen = new boolean[attachments];
        for (int i = 0; i < found; i++) {
            if (seen[nums[i]]) {
                throw JsonException.malformed("placeholder %d occurs twice".formatted(nums[i]));
            }
            seen[nums[i]] = true;
        }
        return new Placeholders(Arrays.copyOf(starts, found), Arrays.copyOf(ends, found), Arrays.copyOf(nums, found));
    }

    private boolean is(String key, int from, int to) {
        int length = to - from;
        if (length < key.length() || length > 6 * key.length()) {
            return false;
        }
        String quoted = text.slice(from, to).utf8();
        return quoted.equals(key)
                || (quoted.indexOf('\\') > 0 && Strings.decode(quoted).equals(Strings.decode(key)));
    }

    /** The number's value, or -1 if it is not a short run of digits. */
    private int number(int from, int to) {
        Integer number = Scalars.integer(text.slice(from, to));
        return number == null || text.at(from) == '-' ? -1 : number;
    }

    private enum Key {
        MARK,
        NUM,
        OTHER
    }

    /** What is known of an open object or array. */
    private static final class Frame {
        private int start;
        private int members;
        private Key key = Key.OTHER;
        private int num;
        private boolean marked;

        private void reset(int at) {
            start = at;
            members = 0;
            key = Key.OTHER;
            num = -1;
            marked = false;
        }
    }
}
