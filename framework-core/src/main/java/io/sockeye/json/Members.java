package io.sockeye.json;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the members of an object while a scanner walks through its text; of two with one name the last counts. */
final class Members implements JsonScanner.Listener {
    private final Json json;
    private final Content content;
    private final Map<String, JsonValue> found = new LinkedHashMap<>();

    /** The name of the member that comes, and where its value began if that is an array or object. */
    private String name = "";

    private int start;

    private Members(Json json, Content content) {
        this.json = json;
        this.content = content;
    }

    /** In the order of the text. */
    static Map<String, JsonValue> of(Json json, Content object) {
        var members = new Members(json, object);
        JsonScanner.walk(object.raw(), members);
        return members.found;
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
            name = Strings.decode(content.raw().slice(from, to).utf8());
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
        found.put(name, new JsonValue(json, content.within(from, to)));
    }
}
