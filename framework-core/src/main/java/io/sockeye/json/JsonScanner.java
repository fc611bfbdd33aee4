package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.Layout;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Scans a JSON text once (RFC 8259, strictly), checks it and notes the bounds of the outermost elements. Without
 * recursion; besides these bounds it keeps one bit for each open object or array.
 */
final class JsonScanner {
    private final JsonCursor cursor;
    private final int maxDepth;
    private final @Nullable Listener listener;

    /** Which of the open containers, outermost first, are objects. */
    private final BitSet objects = new BitSet();

    private int depth;
    /** The number of values and keys so far. */
    private int values;

    private JsonScanner(Bytes text, int maxDepth, @Nullable Listener listener) {
        this.cursor = text.read(JsonCursor::new);
        this.maxDepth = maxDepth;
        this.listener = listener;
    }

    /** The layout of the array. */
    static Layout array(Bytes text, int maxDepth, @Nullable Listener listener) {
        var scanner = new JsonScanner(text, maxDepth, listener);
        return new Layout(scanner.array(), scanner.values);
    }

    /** Passes all that is in the text of one value to the listener, at any depth. */
    static void walk(Bytes text, Listener listener) {
        var scanner = new JsonScanner(text, Integer.MAX_VALUE, listener);
        scanner.value();
        scanner.cursor.expectEnd();
    }

    /** The one value that the text holds, without the white space around it. */
    static Bytes value(Bytes text, int maxDepth) {
        var scanner = new JsonScanner(text, maxDepth, null);
        scanner.cursor.skipSpace();
        int start = scanner.cursor.offset();
        scanner.value();
        int end = scanner.cursor.offset();
        scanner.cursor.expectEnd();
        return text.slice(start, end);
    }

    private int[] array() {
        cursor.skipSpace();
        if (cursor.peek() != '[') {
            throw cursor.unexpected();
        }
        int[] bounds = new int[8];
        int count = 0;
        boolean complete = begin();
        while (!complete) {
            cursor.skipSpace();
            if (count == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * count);
            }
            bounds[count++] = cursor.offset();
            value();
            bounds[count++] = cursor.offset();
            complete = next();
        }
        cursor.expectEnd();
        return Arrays.copyOf(bounds, count);
    }

    /** One value with all that it contains. */
    private void value() {
        int floor = depth;
        boolean complete;
        do {
            cursor.skipSpace();
            complete = begin();
            while (complete && depth > floor) {
                complete = next();
            }
        } while (!complete);
    }

    /**
     * Reads a scalar or an empty container and returns true, or moves to the first value of a container and returns
     * false.
     */
    private boolean begin() {
        values++;
        int first = cursor.peek();
        boolean object = first == '{';
        if (!object && first != '[') {
            scalar();
            return true;
        }
        open(object);
        cursor.skipSpace();
        if (cursor.peek() == (object ? '}' : ']')) {
            close();
            return true;
        }
        if (object) {
            key();
        }
        return false;
    }

    /**
     * After a value in a container: closes the container and returns true, or moves to its next value and returns
     * false.
     */
    private boolean next() {
        cursor.skipSpace();
        boolean object = objects.get(depth - 1);
        int found = cursor.peek();
        if (found == (object ? '}' : ']')) {
            close();
            return true;
        }
        if (found != ',') {
            throw cursor.unexpected();
        }
        cursor.skip();
        if (object) {
            cursor.skipSpace();
            key();
        }
        return false;
    }

    private void open(boolean object) {
        if (depth == maxDepth) {
            throw JsonException.malformed("nesting deeper than %d (Json.withMaxDepth)".formatted(maxDepth));
        }
        objects.set(depth, object);
        if (listener != null) {
            listener.opened(depth, cursor.offset());
        }
        depth++;
        cursor.skip();
    }

    private void close() {
        depth--;
        cursor.skip();
        if (listener != null) {
            listener.closed(depth, cursor.offset());
        }
    }

    private void key() {
        values++;
        int start = cursor.offset();
        if (cursor.peek() != '"') {
            throw cursor.unexpected();
        }
        cursor.scalar();
        if (listener != null) {
            listener.key(depth - 1, start, cursor.offset());
        }
        cursor.skipSpace();
        if (cursor.peek() != ':') {
            throw cursor.unexpected();
        }
        cursor.skip();
    }

    private void scalar() {
        int start = cursor.offset();
        cursor.scalar();
        if (listener != null) {
            listener.scalar(depth - 1, start, cursor.offset());
        }
    }

    /** Receives what a scanner finds, in the text's order. The outermost array or object has depth 0. */
    interface Listener {
        void opened(int depth, int start);

        /** A key, with its quotes, of the object at this depth. */
        void key(int depth, int from, int to);

        /** A string, number or literal in the array or object at this depth; -1 when it is the whole text. */
        void scalar(int depth, int from, int to);

        void closed(int depth, int end);
    }
}
