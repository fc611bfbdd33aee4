package io.sockeye.json;

import io.sockeye.json.text.Strings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the members of an object while a scanner walks through its text; of two with the same name the last counts.
 */
final class Members implements JsonScanner.Listener {
    private final JsonValue object;
    private final Map<String, JsonValue> found = new LinkedHashMap<>();

    /** The name of the present member; start is where its value began if that is an array or object. */
    private String name = "";

    private int start;

    /** Which ones are collected; null for all. */
    private final @Nullable Set<String> wanted;

    /** Whether there are members that are not collected. */
    private boolean others;

    private Members(JsonValue object, @Nullable Set<String> wanted) {
        this.object = object;
        this.wanted = wanted;
    }

    /** In the order of the text. */
    static Map<String, JsonValue> of(JsonValue object) {
        return walk(new Members(object, null)).found;
    }

    /** Only the members with one of these names. */
    static Members of(JsonValue object, Set<String> names) {
        return walk(new Members(object, names));
    }

    private static Members walk(Members members) {
        JsonScanner.walk(members.object.raw(), members);
        return members;
    }

    Map<String, JsonValue> found() {
        return found;
    }

    boolean others() {
        return others;
    }

    @Override
    public void opened(int depth, int at) {
        if (depth == 1) {
            start = at;
        }
    }

    @Override
    public void key(int depth, int from, int to) {
        if (depth == 0) {
            name = Strings.decode(object.raw().slice(from, to).utf8());
            others |= !isWanted();
        }
    }

    @Override
    public void scalar(int depth, int from, int to) {
        if (depth == 0) {
            put(from, to);
        }
    }

    @Override
    public void closed(int depth, int end) {
        if (depth == 1) {
            put(start, end);
        }
    }

    private void put(int from, int to) {
        if (isWanted()) {
            found.put(name, object.within(from, to));
        }
    }

    private boolean isWanted() {
        return wanted == null || wanted.contains(name);
    }
}
